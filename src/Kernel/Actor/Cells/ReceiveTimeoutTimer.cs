namespace Sluice.Kernel.Actor.Cells;

/// <summary>
/// Tells an actor that it had no message for a while. A message only notes the time; the scheduled call looks at it and, if it
/// came too early, waits for the rest.
/// </summary>
internal sealed class ReceiveTimeoutTimer(IScheduler scheduler, LocalActorRef self)
{
    private const long Busy = long.MaxValue;
    private readonly Lock _gate = new();

    // When the last message was done, or that one is in hand. Written in the turn, read by the scheduler.
    private long _lastTicks;

    // Under the gate: the turn sets, the scheduler goes on.
    private ICancelable? _scheduled;
    private int _generation;

    public TimeSpan? Timeout { get; private set; }

    public void Set(TimeSpan? timeout)
    {
        if (timeout is { } value && value <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, "A receive timeout is above zero; null turns it off.");
        }
        lock (_gate)
        {
            _generation++;
            _scheduled?.Cancel();
            _scheduled = null;
            Timeout = timeout;
            if (timeout is { } length)
            {
                Volatile.Write(ref _lastTicks, scheduler.MonotonicClock.Ticks);
                Schedule_NeedsGate(length, length);
            }
        }
    }

    /// <summary>A message is about to be handled: the actor is not idle while it is.</summary>
    public void Touch(object message)
    {
        if (Timeout is not null && message is not INotInfluenceReceiveTimeout)
        {
            Volatile.Write(ref _lastTicks, Busy);
        }
    }

    /// <summary>The message in hand is done.</summary>
    public void Rest()
    {
        if (_lastTicks == Busy)
        {
            Volatile.Write(ref _lastTicks, scheduler.MonotonicClock.Ticks);
        }
    }

    private void Schedule_NeedsGate(TimeSpan delay, TimeSpan length)
    {
        var generation = _generation;
        _scheduled = scheduler.Advanced.ScheduleOnceCancelable(delay, () => Check(generation, length));
    }

    private void Check(int generation, TimeSpan length)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return;
            }
            var last = Volatile.Read(ref _lastTicks);
            var left = last == Busy ? length : length - (scheduler.MonotonicClock - new TimeSpan(last));
            if (left <= TimeSpan.Zero)
            {
                self.Tell(ReceiveTimeout.Instance, ActorRefs.NoSender);
                left = length;
            }
            Schedule_NeedsGate(left, length);
        }
    }
}
