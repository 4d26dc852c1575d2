namespace Sluice.Kernel.Actor;

/// <summary>
/// An actor's own timers, each under a key. Starting a key again replaces its timer; a message of a timer that was cancelled, replaced
/// or started by an earlier instance never arrives, even if it waits in the mailbox. All end with a restart or stop.
/// </summary>
public interface ITimerScheduler
{
    /// <summary>Sends the message to the actor again and again, at a fixed rate.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    /// <summary>Sends the message to the actor again and again, at a fixed rate, the first time after <paramref name="initialDelay"/>.</summary>
    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    /// <summary>Sends the message to the actor once.</summary>
    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    /// <summary>Whether a message of that key is still to come.</summary>
    bool IsTimerActive(object key);

    /// <summary>Ends the timer of that key, if there is one.</summary>
    void Cancel(object key);

    /// <summary>Ends all timers.</summary>
    void CancelAll();
}
