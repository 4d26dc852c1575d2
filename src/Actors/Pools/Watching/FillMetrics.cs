using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Sluice.Actors.Pools.Watching;

/// <summary>Tells as a metric of the meter <c>Sluice</c> when journals that fill up will be full.</summary>
internal static class FillMetrics
{
    private static readonly Meter Meter = new("Sluice");
    private static readonly ConcurrentDictionary<FillTrend, byte> Pools = [];

    static FillMetrics() =>
        Meter.CreateObservableGauge("sluice.pool.full.in", Forecasts, "s", "When the pool's journal will be full at its present pace; not told while it does not fill up.");

    public static void Add(FillTrend trend) => Pools.TryAdd(trend, 0);

    public static void Remove(FillTrend trend) => Pools.TryRemove(trend, out _);

    private static IEnumerable<Measurement<double>> Forecasts() =>
        from pool in Pools.Keys
        let fullIn = pool.FullIn
        where fullIn is not null
        select new Measurement<double>(fullIn.Value.TotalSeconds, new KeyValuePair<string, object?>("sluice.pool.name", pool.Pool));
}
