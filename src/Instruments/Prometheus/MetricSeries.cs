namespace Sluice.Instruments.Prometheus;

/// <summary>One series: a number, or a histogram's buckets. Recorded into by many threads.</summary>
internal sealed class MetricSeries(double[]? bounds)
{
    private readonly Lock _gate = new();
    private readonly long[] _buckets = bounds is null ? [] : new long[bounds.Length + 1];
    private double _sum;

    public void Set(double value)
    {
        lock (_gate)
        {
            _sum = value;
        }
    }

    public void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
        }
    }

    public void Observe(double value)
    {
        // A bucket holds what is at most its bound: the first bound that is not smaller.
        var found = Array.BinarySearch(bounds ?? [], value);
        lock (_gate)
        {
            _buckets[found < 0 ? ~found : found]++;
            _sum += value;
        }
    }

    /// <summary>The number or sum, and a copy of the buckets, of one moment.</summary>
    public (double Sum, long[] Buckets) Read()
    {
        lock (_gate)
        {
            return (_sum, [.. _buckets]);
        }
    }
}
