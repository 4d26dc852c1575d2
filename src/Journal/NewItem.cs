namespace Sluice.Journal;

/// <summary>One item for the journal to take responsibility for.</summary>
public sealed record NewItem
{
    /// <summary>So many characters may a <see cref="MessageId"/> have.</summary>
    public const int LongestMessageId = 256;

    /// <summary>The bytes a sink will be sent. They must not change until the append has completed.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What the payload is, such as <c>application/json</c>.</summary>
    public required string ContentType { get; init; }

    /// <summary>The arguments of the send, for every sink; null when there are none.</summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>Where the item came from; null when nobody said.</summary>
    public ItemOrigin? Origin { get; init; }

    /// <summary>The trace the item belongs to; null when there is none.</summary>
    public string? TraceId { get; init; }

    /// <summary>
    /// A number taken before with <see cref="IJournal.ReserveSequencesAsync"/> (an item that was already tried under that key) or in another
    /// journal of the same pool; null lets the journal give the next one.
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>
    /// The id of the message that brought the item, when it may be delivered twice; null when it cannot. Items side by side in one call that have the same id came
    /// by one message, and each message must be whole in one call. One that the journal remembers is not stored again (<see cref="AppendReceipt.Known"/>).
    /// At most <see cref="LongestMessageId"/> characters.
    /// </summary>
    public string? MessageId { get; init; }

    /// <summary>When the pool accepted the item; null takes the journal's clock.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }
}
