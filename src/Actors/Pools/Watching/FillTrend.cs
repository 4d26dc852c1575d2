using Sluice.Journal.Reports;

namespace Sluice.Actors.Pools.Watching;

/// <summary>When a pool's journal will be full, at the pace at which it has been filling up. All members may be called from any thread at once.</summary>
/// <param name="pool">The pool's name.</param>
/// <param name="time">The clock.</param>
internal sealed class FillTrend(string pool, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Trend _items = new(time);
    private readonly Trend _bytes = new(time);
    private TimeSpan? _fullIn;

    /// <summary>The pool's name.</summary>
    public string Pool => pool;

    /// <summary>When the journal will be full, as of the last look; zero when it is, null while it does not fill up or has no limit.</summary>
    public TimeSpan? FullIn
    {
        get
        {
            lock (_gate)
            {
                return _fullIn;
            }
        }
    }

    /// <summary>Takes how full it is now.</summary>
    public TimeSpan? Observe(JournalStatus journal)
    {
        lock (_gate)
        {
            var (items, bytes) = (FullOf(_items, journal.Items, journal.MaxItems), FullOf(_bytes, journal.Bytes, journal.MaxBytes));
            return _fullIn = items is null || bytes < items ? bytes : items;
        }
    }

    private static TimeSpan? FullOf(Trend trend, long stored, long most)
    {
        trend.Observe(stored);
        return most == 0 ? null : stored >= most ? TimeSpan.Zero : trend.Reaches(most);
    }
}
