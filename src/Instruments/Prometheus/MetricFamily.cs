using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Sluice.Instruments.Prometheus;

/// <summary>One meter's series by their labels. Recording into a known series allocates nothing.</summary>
internal sealed class MetricFamily
{
    public const int MaxSeries = 2_000;

    private const string Overflow = "otel_metric_overflow=\"true\"";

    private readonly ConcurrentDictionary<string, MetricSeries> _byLabels = [];
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries> _byTags = new(TagComparer.Instance);
    private readonly ConcurrentDictionary<KeyValuePair<string, object?>[], MetricSeries>.AlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>> _lookup;
    private readonly double[]? _bounds;
    private readonly bool _isSum;
    private readonly bool _isObserved;

    public MetricFamily(Instrument instrument)
    {
        Type = MetricName.TypeOf(instrument);
        Name = MetricName.Of(instrument, Type);
        Help = instrument.Description ?? "";
        _isSum = MetricName.IsSum(instrument);
        _isObserved = instrument.IsObservable;
        _bounds = Type == "histogram" ? MetricName.BoundsOf(instrument) : null;
        _lookup = _byTags.GetAlternateLookup<ReadOnlySpan<KeyValuePair<string, object?>>>();
    }

    public string Name { get; }

    public string Type { get; }

    public string Help { get; }

    /// <summary>Whether the other's series can be added to ours: the same meter, made again.</summary>
    public bool IsLike(MetricFamily other) =>
        Name == other.Name && Type == other.Type && (_bounds ?? []).AsSpan().SequenceEqual(other._bounds ?? []);

    public double[] Bounds => _bounds ?? [];

    public IEnumerable<KeyValuePair<string, MetricSeries>> Series => _byLabels;

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _lookup.TryGetValue(tags, out var known) ? known : Make(tags);
        if (_bounds is not null)
        {
            series.Observe(value);
        }
        else if (_isSum)
        {
            series.Add(value);
        }
        else
        {
            series.Set(value);
        }
    }

    /// <summary>Before a collection: an observable instrument tells all its series each time, so that those it does not tell are over.</summary>
    public void Forget()
    {
        if (_isObserved)
        {
            _byTags.Clear();
            _byLabels.Clear();
        }
    }

    // The same tags in another order are the same series, found by its sorted labels.
    private MetricSeries Make(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = MetricName.LabelsOf(tags);
        if (_byLabels.Count >= MaxSeries && !_byLabels.ContainsKey(labels))
        {
            return _byLabels.GetOrAdd(Overflow, static (_, bounds) => new MetricSeries(bounds), _bounds);
        }

        var series = _byLabels.GetOrAdd(labels, static (_, bounds) => new MetricSeries(bounds), _bounds);
        _byTags.TryAdd(tags.ToArray(), series);
        return series;
    }
}
