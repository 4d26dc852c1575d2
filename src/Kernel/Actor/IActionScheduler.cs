namespace Sluice.Kernel.Actor;

/// <summary>Calls actions later, on the scheduler's thread: they must be quick, and must not touch an actor's state.</summary>
public interface IActionScheduler
{
    /// <summary>Calls once, after the delay.</summary>
    void ScheduleOnce(TimeSpan delay, Action action);

    /// <summary>Calls once, after the delay, unless cancelled before.</summary>
    void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable);

    /// <summary>Calls again and again at a fixed rate, until the system ends.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action);

    /// <summary>Calls again and again at a fixed rate, until cancelled.</summary>
    void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable);
}

/// <summary>The side of a scheduler that calls actions.</summary>
public interface IAdvancedScheduler : IActionScheduler;
