namespace Sluice.Journal.Engine;

/// <summary>What a sink has settled above its cursor: ranges in order that neither overlap nor touch, with a note of which changed since the last commit.</summary>
internal sealed class PositionRanges
{
    private readonly List<PositionRange> _ranges;
    private readonly HashSet<long> _touched = [];

    public PositionRanges(IEnumerable<PositionRange> ranges) => _ranges = [.. ranges.OrderBy(range => range.First)];

    public int Count => _ranges.Count;

    public PositionRange Lowest => _ranges[0];

    /// <summary>First positions whose stored range must be written anew, or deleted when no range starts there any more.</summary>
    public IReadOnlyCollection<long> Touched => _touched;

    public void ForgetTouched() => _touched.Clear();

    /// <summary>Has every range written anew, into a store that has none of them.</summary>
    public void TouchAll() => _touched.UnionWith(_ranges.Select(range => range.First));

    public bool Contains(long position)
    {
        var index = IndexOfLastStartingAtOrBefore(position);
        return index >= 0 && _ranges[index].Last >= position;
    }

    public bool Overlaps(long first, long last)
    {
        var index = IndexOfLastStartingAtOrBefore(last);
        return index >= 0 && _ranges[index].Last >= first;
    }

    public long? LastOfRangeStartingAt(long first)
    {
        var index = IndexOfLastStartingAtOrBefore(first);
        return index >= 0 && _ranges[index].First == first ? _ranges[index].Last : null;
    }

    /// <summary>Adds positions none of which is in here yet.</summary>
    public void Add(long first, long last)
    {
        var index = IndexOfLastStartingAtOrBefore(first);
        if (index + 1 < _ranges.Count && _ranges[index + 1].First == last + 1)
        {
            last = _ranges[index + 1].Last;
            _touched.Add(_ranges[index + 1].First);
            _ranges.RemoveAt(index + 1);
        }

        if (index >= 0 && _ranges[index].Last == first - 1)
        {
            first = _ranges[index].First;
            _ranges[index] = new PositionRange(first, last);
        }
        else
        {
            _ranges.Insert(index + 1, new PositionRange(first, last));
        }

        _touched.Add(first);
    }

    public void RemoveLowest()
    {
        _touched.Add(_ranges[0].First);
        _ranges.RemoveAt(0);
    }

    public void Clear()
    {
        foreach (var range in _ranges)
        {
            _touched.Add(range.First);
        }

        _ranges.Clear();
    }

    public void CollectWithin(PositionRange bounds, List<PositionRange> into)
    {
        for (var index = Math.Max(0, IndexOfLastStartingAtOrBefore(bounds.First)); index < _ranges.Count; index++)
        {
            var range = _ranges[index];
            if (range.First > bounds.Last)
            {
                return;
            }

            if (range.Last >= bounds.First)
            {
                into.Add(new PositionRange(Math.Max(range.First, bounds.First), Math.Min(range.Last, bounds.Last)));
            }
        }
    }

    public PositionRange[] ToArray() => [.. _ranges];

    private int IndexOfLastStartingAtOrBefore(long position)
    {
        int low = 0, high = _ranges.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (_ranges[middle].First <= position)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high;
    }
}
