namespace Sluice.Journal.Reports;

/// <summary>A pool's journal as of one commit.</summary>
public sealed record JournalStatus
{
    /// <summary>The pool.</summary>
    public required string Pool { get; init; }

    /// <summary>The last number given.</summary>
    public required long LastSequence { get; init; }

    /// <summary>The last position written.</summary>
    public required long LastPosition { get; init; }

    /// <summary>Items stored: those somebody is owed.</summary>
    public required long Items { get; init; }

    /// <summary>Bytes of payload and arguments of those.</summary>
    public required long Bytes { get; init; }

    /// <summary>The ledger, a page per sink, by name.</summary>
    public required IReadOnlyDictionary<string, SinkStatus> Sinks { get; init; }
}
