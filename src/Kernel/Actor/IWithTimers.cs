namespace Sluice.Kernel.Actor;

/// <summary>An actor with timers, which the runtime provides right after the constructor.</summary>
public interface IWithTimers
{
    /// <summary>The timers; each instance has its own.</summary>
    ITimerScheduler Timers { get; set; }
}
