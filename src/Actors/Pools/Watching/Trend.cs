namespace Sluice.Actors.Pools.Watching;

/// <summary>How fast a number has been changing lately: each look weighs less the older it is.</summary>
/// <param name="time">The clock.</param>
internal sealed class Trend(TimeProvider time)
{
    // Short looks tell nothing of a pace: one batch more or less would double it.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private const double WeightOfLast = 0.3;

    private (long Value, long At)? _last;
    private long _value;
    private double _perSecond;

    /// <summary>Takes what the number is now.</summary>
    public void Observe(long value)
    {
        _value = value;
        var now = time.GetTimestamp();
        if (_last is { } last)
        {
            var elapsed = time.GetElapsedTime(last.At, now);
            if (elapsed < Shortest)
            {
                return;
            }

            var pace = (value - last.Value) / elapsed.TotalSeconds;
            _perSecond = _perSecond == 0 ? pace : (WeightOfLast * pace) + ((1 - WeightOfLast) * _perSecond);
        }

        _last = (value, now);
    }

    /// <summary>What came before tells nothing of what comes.</summary>
    public void Forget() => _perSecond = 0;

    /// <summary>When it will be there at its present pace; null when it is there, stands still or goes the other way, or would take longer than centuries.</summary>
    public TimeSpan? Reaches(long target)
    {
        var seconds = (target - _value) / _perSecond;
        return target != _value && seconds > 0 && seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
