namespace Sluice.Journal.DeadLetters;

/// <summary>An item that its sink would not take, with its history and untouched payload.</summary>
public sealed record DeadLetter
{
    /// <summary>The dead letter's own number, never used again.</summary>
    public required long Id { get; init; }

    /// <summary>The item's key.</summary>
    public required ItemKey Key { get; init; }

    /// <summary>The sink that would not take it.</summary>
    public required string Sink { get; init; }

    /// <summary>Where the item came from; null when nobody said.</summary>
    public required ItemOrigin? Origin { get; init; }

    /// <summary>When the pool accepted the item.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When the sink was last asked to take it.</summary>
    public required DateTimeOffset LastTry { get; init; }

    /// <summary>How often it was sent in all, redrives included.</summary>
    public required int Attempts { get; init; }

    /// <summary>The kind of the last failure.</summary>
    public required DeadLetterClass Class { get; init; }

    /// <summary>The last error's text.</summary>
    public required string Error { get; init; }

    /// <summary>An excerpt of the sink's last answer; null when it gave none.</summary>
    public required string? Response { get; init; }

    /// <summary>How often it was redriven.</summary>
    public required int Redrives { get; init; }

    /// <summary>Whether it is owed to its sink again at the moment.</summary>
    public required bool Redriving { get; init; }

    /// <summary>The trace the item belongs to; null when there is none.</summary>
    public required string? TraceId { get; init; }

    /// <summary>What the payload is.</summary>
    public required string ContentType { get; init; }

    /// <summary>The arguments of the send; null when there were none.</summary>
    public required IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>The bytes as they were accepted (for <see cref="DeadLetterClass.Corrupt"/>: as they were found).</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
