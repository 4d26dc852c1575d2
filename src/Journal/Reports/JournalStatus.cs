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

    /// <summary>The most items that may be stored; 0 without a limit, and where a journal is looked at beside its owner, who alone knows it.</summary>
    public long MaxItems { get; init; }

    /// <summary>The most bytes of payload and arguments that may be stored; 0 as for items.</summary>
    public long MaxBytes { get; init; }

    /// <summary>The ledger, a page per sink, by name.</summary>
    public required IReadOnlyDictionary<string, SinkStatus> Sinks { get; init; }
}
