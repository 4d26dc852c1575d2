using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using Sluice.Instruments.Metrics;

namespace Sluice.Instruments.Tests.Metrics;

/// <summary>What one metrics instrument recorded, as <c>name{attributes} = value</c>.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();

    public Measurements(MetricsInstrument metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == metrics.Meter)
            {
                Instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public ConcurrentDictionary<string, Instrument> Instruments { get; } = [];

    public List<string> Lines { get; } = [];

    public Dictionary<string, HashSet<string>> AttributesOf { get; } = [];

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var attributes = tags.ToArray();
        var listed = string.Join(", ", attributes.Select(tag => $"{tag.Key}={tag.Value}"));
        lock (_gate)
        {
            AttributesOf[instrument.Name] = [.. attributes.Select(tag => tag.Key)];
            Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{instrument.Name}{{{listed}}} = {value:G6}"));
        }
    }
}
