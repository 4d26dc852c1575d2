namespace Sluice.Journal;

/// <summary>An item that a sink is still owed, as read from the journal.</summary>
public sealed record OwedItem
{
    /// <summary>The key to send with the item.</summary>
    public required ItemKey Key { get; init; }

    /// <summary>Where the item lies in the journal: what <see cref="Settlement"/> and the next read refer to.</summary>
    public required long Position { get; init; }

    /// <summary>The bytes as they were accepted.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What the payload is.</summary>
    public required string ContentType { get; init; }

    /// <summary>The arguments of the send; null when there were none.</summary>
    public required IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>Where the item came from; null when nobody said.</summary>
    public required ItemOrigin? Origin { get; init; }

    /// <summary>The trace the item belongs to; null when there is none.</summary>
    public required string? TraceId { get; init; }

    /// <summary>When the pool accepted the item, to the millisecond.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }
}
