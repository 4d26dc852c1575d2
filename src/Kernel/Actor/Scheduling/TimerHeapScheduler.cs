using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor.Scheduling;

/// <summary>
/// The scheduler of a system: one timer of its <see cref="TimeProvider"/>, set to the earliest entry of a heap. What repeats keeps its
/// rate: the next time is counted from when the last was due, not from when it ran.
/// </summary>
internal sealed class TimerHeapScheduler : IScheduler, IAdvancedScheduler, IDisposable
{
    public static readonly TimeSpan Once = Timeout.InfiniteTimeSpan;

    // Timers of the framework take at most some 49 days; waking once a day costs nothing.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly ILoggingAdapter _log;
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();

    // Under the gate.
    private readonly TimerHeap _heap = new();
    private TimeSpan _wakeUp = TimeSpan.MaxValue;
    private long _sequence;
    private bool _isRunning;
    private bool _isDisposed;

    public TimerHeapScheduler(TimeProvider time, ILoggingAdapter log)
    {
        _time = time;
        _log = log;
        _start = time.GetTimestamp();
        _timer = time.CreateTimer(static self => ((TimerHeapScheduler)self!).RunDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => _time.GetUtcNow();

    public TimeSpan MonotonicClock => _time.GetElapsedTime(_start);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _heap.Count;
            }
        }
    }

    public static TimeSpan Interval(TimeSpan interval) => interval > TimeSpan.Zero
        ? interval
        : throw new ArgumentOutOfRangeException(nameof(interval), interval, "What repeats needs an interval above zero.");

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        Add(new ScheduledTell(this, receiver, message, sender, Once), delay);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Add(new ScheduledTell(this, receiver, message, sender, Once), delay, cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        Add(new ScheduledTell(this, receiver, message, sender, Interval(interval)), initialDelay);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        Add(new ScheduledTell(this, receiver, message, sender, Interval(interval)), initialDelay, cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => Add(new ScheduledAction(this, action, Once), delay);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Add(new ScheduledAction(this, action, Once), delay, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        Add(new ScheduledAction(this, action, Interval(interval)), initialDelay);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(new ScheduledAction(this, action, Interval(interval)), initialDelay, cancelable);

    public ScheduledWork Add(ScheduledWork work, TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        lock (_gate)
        {
            if (!_isDisposed)
            {
                work.Due = MonotonicClock + delay;
                work.Sequence = _sequence++;
                _heap.Add(work);
                SetTimer_NeedsGate();
                return work;
            }
        }
        work.Drop();
        return work;
    }

    public void Remove(ScheduledWork work)
    {
        lock (_gate)
        {
            _heap.Remove(work);
        }
    }

    public void Dispose()
    {
        var dropped = new List<ScheduledWork>();
        lock (_gate)
        {
            _isDisposed = true;
            while (_heap.Earliest is { } work)
            {
                _heap.Remove(work);
                dropped.Add(work);
            }
        }
        _timer.Dispose();
        dropped.ForEach(static work => work.Drop());
    }

    private void Add(ScheduledWork work, TimeSpan delay, ICancelable? cancelable)
    {
        if (cancelable is null)
        {
            Add(work, delay);
        }
        else if (!cancelable.IsCancellationRequested)
        {
            Add(work, delay);
            work.Registration = cancelable.Token.UnsafeRegister(static scheduled => ((ScheduledWork)scheduled!).Cancel(), work);
        }
    }

    // One thread at a time runs what is due, so that it runs in order.
    private void RunDue()
    {
        while (TakeDue() is { } work)
        {
            try
            {
                work.Run();
            }
            catch (Exception failure)
            {
                _log.Error(failure, "A scheduled action failed");
            }
            if (work.Interval == Once)
            {
                work.Registration.Unregister();
            }
            lock (_gate)
            {
                _isRunning = false;
            }
        }
    }

    private ScheduledWork? TakeDue()
    {
        lock (_gate)
        {
            if (_isRunning || _isDisposed)
            {
                return null;
            }
            _wakeUp = TimeSpan.MaxValue;
            if (_heap.Earliest is not { } work || work.Due > MonotonicClock)
            {
                SetTimer_NeedsGate();
                return null;
            }
            _heap.Remove(work);
            if (work.Interval != Once && !work.IsCancellationRequested)
            {
                work.Due += work.Interval;
                work.Sequence = _sequence++;
                _heap.Add(work);
            }
            _isRunning = true;
            return work;
        }
    }

    private void SetTimer_NeedsGate()
    {
        if (_heap.Earliest is { } earliest && earliest.Due < _wakeUp)
        {
            _wakeUp = earliest.Due;
            var sleep = earliest.Due - MonotonicClock;
            _timer.Change(sleep < TimeSpan.Zero ? TimeSpan.Zero : sleep < LongestSleep ? sleep : LongestSleep, Timeout.InfiniteTimeSpan);
        }
    }
}
