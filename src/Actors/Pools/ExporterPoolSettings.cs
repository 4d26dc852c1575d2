using Sluice.Actors.Pools.Policies;
using Sluice.Actors.Pools.Retries;

namespace Sluice.Actors.Pools;

/// <summary>How an exporter pool works. Defaults are in <c>reference.conf</c> under <c>sluice.pool</c>.</summary>
public sealed record ExporterPoolSettings
{
    /// <summary>The pool's name; with the item's number it is the key that sinks see.</summary>
    public required string Name { get; init; }

    /// <summary>How many exporters one item is sent to at the same time; 1 sends to one after the other, in their order.</summary>
    public required int NumThreads { get; init; }

    /// <summary>
    /// With fewer threads than exporters, how long an exporter may keep the next ones waiting for an item. A slower one is passed by until it has
    /// caught up, so that a slow sink never delays the others by more than this.
    /// </summary>
    public required TimeSpan TurnPatience { get; init; }

    /// <summary>Whether a send is answered with the exporters' results, or as soon as the pool has taken responsibility.</summary>
    public required bool WaitForResult { get; init; }

    /// <summary>Whether what failed is sent again only when somebody asks with <c>SendUnsentData</c>; later items then go on without it.</summary>
    public required bool ManualReexport { get; init; }

    /// <summary>When items are saved.</summary>
    public required SaveMode Save { get; init; }

    /// <summary>Whether the journal the pool starts with is in memory; it can be changed at run time.</summary>
    public required bool UseMemory { get; init; }

    /// <summary>When an item needs no further delivery.</summary>
    public required PolicySettings Policy { get; init; }

    /// <summary>Items whose senders may wait for the commit or for room in the journal; further ones are refused.</summary>
    public required int WaitingItems { get; init; }

    /// <summary>Bytes of such items; further ones are refused.</summary>
    [ByteSize]
    public required long WaitingBytes { get; init; }

    /// <summary>Sends that may wait for results; further ones are answered once they are saved.</summary>
    public required int WaitingResults { get; init; }

    /// <summary>How long disposing the pool waits for unsent data to be sent; zero does not wait.</summary>
    public required TimeSpan DrainTimeout { get; init; }

    /// <summary>How long something may be owed to an exporter and nothing move before that is reported; zero never reports it.</summary>
    public required TimeSpan StalledAfter { get; init; }

    /// <summary>How long before the journal will be full, at its present pace, that is reported; zero never reports it.</summary>
    public required TimeSpan WarnBeforeFull { get; init; }

    /// <summary>How long attempts in hand may still take when the pool stops, before they are cut short.</summary>
    public required TimeSpan StopGrace { get; init; }

    /// <summary>When a crashed exporter is started again.</summary>
    public required RetrySettings Restart { get; init; }

    /// <exception cref="InvalidConfigException">A value is out of range.</exception>
    internal void Validate(int countingExporters)
    {
        var path = $"pool '{Name}'";
        InvalidConfigException.Unless(!string.IsNullOrWhiteSpace(Name), "pool", "name", Name, "write a name");
        InvalidConfigException.Unless(NumThreads >= 1, path, "num-threads", NumThreads, "write 1 or more");
        InvalidConfigException.Unless(TurnPatience > TimeSpan.Zero, path, "turn-patience", TurnPatience, "write a duration above zero, such as 100ms");
        InvalidConfigException.Unless(WaitingItems >= 1, path, "waiting-items", WaitingItems, "write 1 item or more");
        InvalidConfigException.Unless(WaitingBytes >= 1, path, "waiting-bytes", WaitingBytes, "write a size above zero, such as 64 MiB");
        InvalidConfigException.Unless(WaitingResults >= 0, path, "waiting-results", WaitingResults, "write a number of sends");
        InvalidConfigException.Unless(DrainTimeout >= TimeSpan.Zero, path, "drain-timeout", DrainTimeout, "write a duration, or 0s");
        InvalidConfigException.Unless(StalledAfter >= TimeSpan.Zero, path, "stalled-after", StalledAfter, "write a duration such as 5m, or 0s for never");
        InvalidConfigException.Unless(WarnBeforeFull >= TimeSpan.Zero, path, "warn-before-full", WarnBeforeFull, "write a duration such as 10m, or 0s for never");
        InvalidConfigException.Unless(StopGrace >= TimeSpan.Zero, path, "stop-grace", StopGrace, "write a duration, or 0s");
        Policy.Validate(path + ".policy", countingExporters);
        Restart.Validate(path + ".restart");
    }
}
