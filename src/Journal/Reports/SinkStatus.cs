namespace Sluice.Journal.Reports;

/// <summary>A sink's page of the ledger, in which <c>Accepted = Delivered + Pending + Dead + the sum of Dropped</c>.</summary>
public sealed record SinkStatus
{
    /// <summary>The sink.</summary>
    public required string Sink { get; init; }

    /// <summary>Whether it takes part in the pool.</summary>
    public required SinkStanding Standing { get; init; }

    /// <summary>Items that were ever owed to it.</summary>
    public required long Accepted { get; init; }

    /// <summary>Items that it confirmed.</summary>
    public required long Delivered { get; init; }

    /// <summary>Items that it is owed now, redriven ones included.</summary>
    public required long Pending { get; init; }

    /// <summary>Bytes of payload and arguments of those.</summary>
    public required long PendingBytes { get; init; }

    /// <summary>Items among the dead letters that are not being redriven.</summary>
    public required long Dead { get; init; }

    /// <summary>Items given up, by reason.</summary>
    public required IReadOnlyDictionary<string, long> Dropped { get; init; }

    /// <summary>Every position up to this one is settled.</summary>
    public required long Cursor { get; init; }

    /// <summary>Whether the page adds up.</summary>
    public bool Balances => Accepted == Delivered + Pending + Dead + Dropped.Values.Sum();
}
