using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Sluice.Instruments.Prometheus;

/// <summary>Collects meters and writes them in Prometheus' text format, for a health port to serve.</summary>
/// <remarks>
/// Names are OpenTelemetry's, translated: <c>sluice.queue.wait.duration</c> in <c>s</c> becomes <c>sluice_queue_wait_duration_seconds</c>,
/// and a counter ends in <c>_total</c>. A meter has at most 2,000 series; what goes beyond is counted in one with
/// <c>otel_metric_overflow="true"</c>. Format: prometheus.io, "Exposition formats", version 0.0.4.
/// </remarks>
public sealed class PrometheusMetrics : IDisposable
{
    /// <summary>The content type to serve the text with.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricFamily> _families = [];
    private readonly Lock _collecting = new();

    /// <summary>Collects from now on.</summary>
    /// <param name="wants">Which meters, by name; those of Sluice if left out.</param>
    public PrometheusMetrics(Predicate<string>? wants = null)
    {
        wants ??= static name => name == Telemetry.Name;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (wants(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static made => new MetricFamily(made)));
            }
        };

        // A level of what is no more is none. What was counted was counted.
        _listener.MeasurementsCompleted = (instrument, family) =>
        {
            if (family is MetricFamily { Type: "gauge" })
            {
                _families.TryRemove(instrument, out _);
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<float>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<decimal>(static (_, value, tags, family) => Record(family, (double)value, tags));
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<short>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.SetMeasurementEventCallback<byte>(static (_, value, tags, family) => Record(family, value, tags));
        _listener.Start();
    }

    /// <summary>Writes what was measured so far, every series once. What an observable instrument tells no longer (a pool that is closed) is gone.</summary>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        lock (_collecting)
        {
            foreach (var family in _families.Values)
            {
                family.Forget();
            }

            _listener.RecordObservableInstruments();

            // The same meter made twice (two instruments active one after the other) is one family to Prometheus.
            foreach (var same in _families.Values.GroupBy(family => family.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                MetricText.Write(writer, [.. same]);
            }
        }
    }

    /// <summary>Stops collecting.</summary>
    public void Dispose() => _listener.Dispose();

    private static void Record(object? family, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        ((MetricFamily)family!).Record(value, tags);
}
