using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Sluice.Actors.Pools.Watching;

/// <summary>Tells as a metric of the meter <c>Sluice</c> for how long sinks that are owed something have been given nothing.</summary>
internal static class StallMetrics
{
    private static readonly Meter Meter = new("Sluice");
    private static readonly ConcurrentDictionary<DebtTrends, byte> Pools = [];

    static StallMetrics() =>
        Meter.CreateObservableGauge("sluice.pool.stalled", Stalls, "s", "How long a sink that is owed something has been given nothing; 0 while nothing is owed.");

    public static void Add(DebtTrends trends) => Pools.TryAdd(trends, 0);

    public static void Remove(DebtTrends trends) => Pools.TryRemove(trends, out _);

    private static IEnumerable<Measurement<double>> Stalls() =>
        from pool in Pools.Keys
        from stall in pool.Stalls()
        select new Measurement<double>(stall.NoProgressFor.TotalSeconds, new("sluice.pool.name", pool.Pool), new("sluice.sink.name", stall.Sink));
}
