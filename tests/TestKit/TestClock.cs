namespace Sluice.TestKit;

/// <summary>A clock that stands still until it is advanced. Timers run in the advancing thread, in the order in which they are due.</summary>
public sealed class TestClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(Timer Timer, long Version), (TimeSpan Due, long Sequence)> _timers = new();
    private TimeSpan _now;
    private long _sequence;

    /// <summary>Starts at the second of January 1970, UTC.</summary>
    public TestClock()
        : this(DateTimeOffset.UnixEpoch.AddDays(1))
    {
    }

    /// <summary>Starts at a moment of the test's choice, where dates matter.</summary>
    /// <param name="start">What it shows until it is advanced; not before 1970.</param>
    public TestClock(DateTimeOffset start)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(start, DateTimeOffset.UnixEpoch);
        _now = start - DateTimeOffset.UnixEpoch;
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _now.Ticks;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the time on and runs what gets due, in order, each with the clock showing its own time.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var end = new TimeSpan(GetTimestamp()) + by;
        while (TakeDue(end) is { } timer)
        {
            timer.Fire();
        }
        lock (_gate)
        {
            _now = end > _now ? end : _now;
        }
    }

    private Timer? TakeDue(TimeSpan end)
    {
        lock (_gate)
        {
            while (_timers.TryPeek(out var entry, out var place) && place.Due <= end)
            {
                _timers.Dequeue();
                if (entry.Timer.Version == entry.Version)
                {
                    _now = place.Due > _now ? place.Due : _now;
                    Repeat_NeedsGate(entry.Timer, place.Due);
                    return entry.Timer;
                }
            }
            return null;
        }
    }

    private void Repeat_NeedsGate(Timer timer, TimeSpan due)
    {
        if (timer.Period > TimeSpan.Zero)
        {
            _timers.Enqueue((timer, timer.Version), (due + timer.Period, _sequence++));
        }
    }

    private sealed class Timer(TestClock clock, TimerCallback callback, object? state) : ITimer
    {
        // Under the clock's gate. Entries of an older version were replaced or called off.
        public long Version { get; private set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                Version++;
                Period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    clock._timers.Enqueue((this, Version), (clock._now + dueTime, clock._sequence++));
                }
            }
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
