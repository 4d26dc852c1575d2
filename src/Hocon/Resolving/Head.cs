namespace Sluice.Hocon.Resolving;

/// <summary>
/// What is known of a value once it is clear what it is, while what is inside it still waits. Resolving no more than that at a time lets
/// objects refer to their own fields.
/// </summary>
internal abstract class Head(Origin origin)
{
    public Origin Origin { get; } = origin;
}

internal sealed class ScalarHead(HoconScalar value) : Head(value.Origin)
{
    public HoconScalar Value { get; } = value;
}

internal sealed class ArrayHead(IReadOnlyList<Cell> items, Origin origin) : Head(origin)
{
    public IReadOnlyList<Cell> Items { get; } = items;

    /// <summary>The finished list; set once all inside is resolved.</summary>
    public HoconArray? Finished { get; set; }

    /// <summary>The inside is being resolved: meeting this list again now means that it contains itself.</summary>
    public bool Open { get; set; }
}

internal sealed class ObjectHead(OrderedDictionary<string, Cell> fields, Origin origin) : Head(origin)
{
    /// <summary>The cell that this object was written for; any other that has it got it by reference.</summary>
    public Cell? Owner { get; init; }

    public OrderedDictionary<string, Cell> Fields { get; } = fields;

    /// <summary>The finished object; set once all inside is resolved.</summary>
    public HoconObject? Finished { get; set; }

    /// <summary>The inside is being resolved: meeting this object again now means that it contains itself.</summary>
    public bool Open { get; set; }
}
