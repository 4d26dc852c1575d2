namespace Sluice.Hocon;

/// <summary>A list of values.</summary>
public sealed class HoconArray : HoconValue
{
    internal HoconArray(IReadOnlyList<HoconValue> items, Origin origin)
        : base(origin, items.Select(item => item.Depth).DefaultIfEmpty().Max() + 1) => Items = items;

    /// <summary>The elements in order.</summary>
    public IReadOnlyList<HoconValue> Items { get; }

    internal override string Description => "a list";
}
