using System.Collections.Frozen;

namespace Sluice.Messages.Exporters;

/// <summary>An event of a run, for the copy that observes it. Not answered.</summary>
public sealed record ObservedEvent
{
    /// <summary>The run: the context of <see cref="ObserveContext"/>.</summary>
    public required string Context { get; init; }

    /// <summary>Start, end, or a moment.</summary>
    public required ObservedKind Kind { get; init; }

    /// <summary>What it tells of, unique within the run; the same in a start and its end.</summary>
    public required string Id { get; init; }

    /// <summary>The <see cref="Id"/> of what surrounds it; null at the top.</summary>
    public string? ParentId { get; init; }

    /// <summary>The name for people: a node's id, an epoch's path.</summary>
    public required string Name { get; init; }

    /// <summary>The sort of thing: <c>run</c>, <c>epoch</c>, <c>node</c>.</summary>
    public required string Category { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What it carries: an emitted value, a result.</summary>
    public object? Value { get; init; }

    /// <summary>The value as JSON text, between members and for one that is no text, number or truth; <see cref="Value"/> is null then.</summary>
    public string? ValueJson { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Attributes by name, of plain values.</summary>
    public IReadOnlyDictionary<string, object?> Attributes { get; init; } = FrozenDictionary<string, object?>.Empty;
}
