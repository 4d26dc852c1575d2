namespace Sluice.Actors.Pools.Watching;

/// <summary>Where what one sink is owed is going: for how long nothing has, and when at its present pace nothing will be owed.</summary>
/// <param name="time">The clock.</param>
internal sealed class DebtTrend(TimeProvider time)
{
    // Short looks tell nothing of a pace: one batch more or less would double it.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private const double WeightOfLast = 0.3;

    private (long Owed, long At)? _paced;
    private long _moved = -1;
    private long _owed;
    private long _since;
    private double _pace;

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
        Pace(now);
    }

    /// <summary>For how long something has been owed and nothing has moved; null while nothing is owed.</summary>
    public TimeSpan? NoProgressFor => _owed == 0 ? null : time.GetElapsedTime(_since);

    /// <summary>When nothing will be owed, if items come and go as they did; null while nothing is owed or it does not get less.</summary>
    public TimeSpan? DrainsIn => _owed > 0 && _pace > 0 && _owed / _pace < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(_owed / _pace) : null;

    private void Pace(long now)
    {
        if (_paced is { } before)
        {
            var elapsed = time.GetElapsedTime(before.At, now);
            if (elapsed < Shortest)
            {
                return;
            }

            var pace = (before.Owed - _owed) / elapsed.TotalSeconds;
            _pace = _pace == 0 ? pace : (WeightOfLast * pace) + ((1 - WeightOfLast) * _pace);
        }

        _paced = (_owed, now);
        _pace = _owed == 0 ? 0 : _pace;
    }
}
