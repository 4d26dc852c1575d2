using Sluice.Kernel.Actor;

namespace Sluice.TestKit;

/// <summary>
/// A scheduler whose time stands still until the test advances it. What gets due runs in the advancing thread, in order; what
/// actors do about it comes later, so expect it rather than look for it.
/// </summary>
public sealed class TestScheduler : IScheduler, IAdvancedScheduler
{
    private readonly TestClock _clock;
    private readonly long _start;

    /// <summary>A scheduler by a clock, which may have other users.</summary>
    public TestScheduler(TestClock clock)
    {
        _clock = clock;
        _start = clock.GetTimestamp();
    }

    /// <summary>The clock, for whatever takes its time from a <see cref="TimeProvider"/>.</summary>
    public TestClock Clock => _clock;

    /// <inheritdoc/>
    public IAdvancedScheduler Advanced => this;

    /// <inheritdoc/>
    public DateTimeOffset Now => _clock.GetUtcNow();

    /// <inheritdoc/>
    public TimeSpan MonotonicClock => _clock.GetElapsedTime(_start);

    /// <inheritdoc/>
    public TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <summary>Moves the time on.</summary>
    public void Advance(TimeSpan offset) => _clock.Advance(offset);

    /// <summary>Moves the time on to a point.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The point has passed; the time stays what it is.</exception>
    public void AdvanceTo(DateTimeOffset when) => _clock.Advance(when - _clock.GetUtcNow());

    /// <inheritdoc/>
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    /// <inheritdoc/>
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        ScheduleOnce(delay, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    /// <inheritdoc/>
    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        ScheduleRepeatedly(initialDelay, interval, action, null);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Schedule(initialDelay, interval, action, cancelable);
    }

    private void Schedule(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (cancelable is { IsCancellationRequested: true })
        {
            return;
        }
        var timer = _clock.CreateTimer(
            _ =>
            {
                if (cancelable is not { IsCancellationRequested: true })
                {
                    action();
                }
            },
            null,
            delay,
            interval);
        cancelable?.Token.UnsafeRegister(static scheduled => ((ITimer)scheduled!).Dispose(), timer);
    }
}
