using System.Diagnostics.Metrics;

namespace Sluice.Actors.Tests.Pools.Watching;

/// <summary>Reads what a gauge says of one pool now.</summary>
internal static class PoolGauge
{
    public static List<(string? Sink, double Value)> Read(string name, string pool)
    {
        var measured = new List<(string?, double)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            var known = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (known["sluice.pool.name"] == pool)
            {
                measured.Add((known.GetValueOrDefault("sluice.sink.name"), value));
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;
    }
}
