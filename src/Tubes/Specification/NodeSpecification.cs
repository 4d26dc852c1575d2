using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification;

/// <summary>A node as written.</summary>
public sealed class NodeSpecification
{
    /// <summary>The node's id, unique in the tube.</summary>
    public required string Id { get; init; }

    /// <summary>What it is: <c>gather</c>, <c>map</c>, <c>return</c>, <c>tube</c>, or the name of a C# method or class.</summary>
    public required string Type { get; init; }

    /// <summary>What it depends on.</summary>
    public required DependsSpecification Depends { get; init; }

    /// <summary>Values given to the code, in plain types; <c>input.NAME</c> stands for a tube input.</summary>
    public required IReadOnlyDictionary<string, object?> Params { get; init; }

    /// <summary>Whether the node takes part.</summary>
    public required EnabledSpecification Enabled { get; init; }

    /// <summary>Whether calls must come in the order of epochs; null leaves it to the code.</summary>
    public bool? Stateful { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>What a failure of this node does; null leaves it to the tube.</summary>
    public ErrorPolicy? OnError { get; init; }

    /// <summary>Where the node shall run; null leaves it to the tube.</summary>
    public Placement? Placement { get; init; }

    /// <summary>The slot whose value decides which copy of the node gets the call; null for a single copy.</summary>
    public string? PartitionBy { get; init; }

    /// <summary>Where the node's key stands.</summary>
    public required SourcePosition Position { get; init; }

    /// <summary>Where <c>type</c> stands.</summary>
    public required SourcePosition TypePosition { get; init; }

    /// <summary>Where <c>params</c> stands.</summary>
    public required SourcePosition ParamsPosition { get; init; }

    /// <summary>The key of this node or of one of its fields, as error messages name it.</summary>
    public string Key(string? field = null) => field is null ? $"nodes.{Id}" : $"nodes.{Id}.{field}";
}
