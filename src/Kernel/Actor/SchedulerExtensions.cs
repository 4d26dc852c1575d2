using Sluice.Kernel.Actor.Scheduling;

namespace Sluice.Kernel.Actor;

/// <summary>Scheduling that gives back the switch to call it off.</summary>
public static class SchedulerExtensions
{
    /// <summary>Sends once, after the delay, unless the result is cancelled before.</summary>
    public static ICancelable ScheduleTellOnceCancelable(
        this IScheduler scheduler, TimeSpan delay, ICanTell receiver, object message, IActorRef? sender)
    {
        if (scheduler is TimerHeapScheduler own)
        {
            return own.Add(new ScheduledTell(own, receiver, message, sender, TimerHeapScheduler.Once), delay);
        }
        var cancelable = new Cancelable(scheduler);
        scheduler.ScheduleTellOnce(delay, receiver, message, sender, cancelable);
        return cancelable;
    }

    /// <summary>Sends again and again at a fixed rate, until the result is cancelled.</summary>
    public static ICancelable ScheduleTellRepeatedlyCancelable(
        this IScheduler scheduler, TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender)
    {
        if (scheduler is TimerHeapScheduler own)
        {
            return own.Add(new ScheduledTell(own, receiver, message, sender, TimerHeapScheduler.Interval(interval)), initialDelay);
        }
        var cancelable = new Cancelable(scheduler);
        scheduler.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);
        return cancelable;
    }

    /// <summary>Calls once, after the delay, unless the result is cancelled before.</summary>
    public static ICancelable ScheduleOnceCancelable(this IActionScheduler scheduler, TimeSpan delay, Action action)
    {
        if (scheduler is TimerHeapScheduler own)
        {
            return own.Add(new ScheduledAction(own, action, TimerHeapScheduler.Once), delay);
        }
        var cancelable = new Cancelable(scheduler);
        scheduler.ScheduleOnce(delay, action, cancelable);
        return cancelable;
    }

    /// <summary>Calls again and again at a fixed rate, until the result is cancelled.</summary>
    public static ICancelable ScheduleRepeatedlyCancelable(
        this IActionScheduler scheduler, TimeSpan initialDelay, TimeSpan interval, Action action)
    {
        if (scheduler is TimerHeapScheduler own)
        {
            return own.Add(new ScheduledAction(own, action, TimerHeapScheduler.Interval(interval)), initialDelay);
        }
        var cancelable = new Cancelable(scheduler);
        scheduler.ScheduleRepeatedly(initialDelay, interval, action, cancelable);
        return cancelable;
    }
}
