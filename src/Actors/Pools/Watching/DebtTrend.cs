namespace Sluice.Actors.Pools.Watching;

/// <summary>Where what one sink is owed is going: for how long nothing has, and when at its present pace nothing will be owed.</summary>
/// <param name="time">The clock.</param>
internal sealed class DebtTrend(TimeProvider time)
{
    private readonly Trend _debt = new(time);
    private long _moved = -1;
    private long _owed;
    private long _since;

    /// <summary>Takes what is known now.</summary>
    /// <param name="moved">Items that have left the debt since the pool started: delivered, dead or given up.</param>
    /// <param name="owed">Items owed.</param>
    public void Observe(long moved, long owed)
    {
        var now = time.GetTimestamp();
        if (moved != _moved || owed < _owed || _owed == 0)
        {
            _since = now;
        }

        (_moved, _owed) = (moved, owed);
        _debt.Observe(owed);
        if (owed == 0)
        {
            _debt.Forget();
        }
    }

    /// <summary>For how long something has been owed and nothing has moved; null while nothing is owed.</summary>
    public TimeSpan? NoProgressFor => _owed == 0 ? null : time.GetElapsedTime(_since);

    /// <summary>When nothing will be owed, if items come and go as they did; null while nothing is owed or it does not get less.</summary>
    public TimeSpan? DrainsIn => _debt.Reaches(0);
}
