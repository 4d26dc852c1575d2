using Sluice.Actors.Pools.Batches;
using Sluice.Actors.Pools.Pacing;
using Sluice.Actors.Pools.Retries;

namespace Sluice.Actors.Pools;

/// <summary>How a pool sends to one of its exporters. Defaults are in <c>reference.conf</c> under <c>sluice.pool-exporter</c>.</summary>
public sealed record PoolExporterSettings
{
    /// <summary>Whether the sink gets items in the order in which the pool accepted them, retries included; then one batch is on its way at a time.</summary>
    public required bool Ordered { get; init; }

    /// <summary>Whether the exporter only watches: it gets what is sent, its results are ignored, and it is owed nothing.</summary>
    public required bool Shadow { get; init; }

    /// <summary>The longest one attempt may take; above zero. A sink that does not answer in time has failed for now.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Bytes of items that are held in memory; the rest waits in the journal.</summary>
    [ByteSize]
    public required long ReadAheadBytes { get; init; }

    /// <summary>Items per second that the sink is sent at most, on average; 0 for no limit.</summary>
    public required double RateLimit { get; init; }

    /// <summary>Items that may be on their way to the sink at once; 0 for no limit but the batches'.</summary>
    public required int MaxInFlight { get; init; }

    /// <summary>The share of an unordered exporter's sending that goes to its backlog while there are live items too: above 0, up to 1.</summary>
    public required double CatchUpShare { get; init; }

    /// <summary>How items are grouped.</summary>
    public required BatchSettings Batch { get; init; }

    /// <summary>How many batches are on their way at once.</summary>
    public required ConcurrencySettings Concurrency { get; init; }

    /// <summary>When what failed is tried again.</summary>
    public required RetrySettings Retry { get; init; }

    /// <summary>When sending stops and only probes are made.</summary>
    public required CircuitSettings Circuit { get; init; }

    /// <exception cref="InvalidConfigException">A value is out of range.</exception>
    internal void Validate(string path)
    {
        InvalidConfigException.Unless(Timeout > TimeSpan.Zero, path, "timeout", Timeout, "write a duration above zero, such as 30s");
        InvalidConfigException.Unless(ReadAheadBytes >= 1, path, "read-ahead-bytes", ReadAheadBytes, "write a size above zero, such as 8 MiB");
        InvalidConfigException.Unless(RateLimit >= 0, path, "rate-limit", RateLimit, "write items per second, or 0 for no limit");
        InvalidConfigException.Unless(MaxInFlight >= 0, path, "max-in-flight", MaxInFlight, "write a number of items, or 0 for no limit");
        InvalidConfigException.Unless(CatchUpShare is > 0 and <= 1, path, "catch-up-share", CatchUpShare, "write a share above 0, up to 1");
        Batch.Validate(path + ".batch");
        Concurrency.Validate(path + ".concurrency");
        Retry.Validate(path + ".retry");
        Circuit.Validate(path + ".circuit");
    }
}
