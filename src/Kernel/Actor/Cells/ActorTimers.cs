using System.Diagnostics.CodeAnalysis;
using Sluice.Kernel.Actor.Scheduling;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>The timers of one instance. A timer is in force exactly while its message is the one under its key.</summary>
internal sealed class ActorTimers(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerMessage> _timers = [];

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => StartPeriodicTimer(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval)
    {
        var timer = Start(key, msg, isPeriodic: true);
        timer.Scheduled = Scheduler.ScheduleTellRepeatedlyCancelable(initialDelay, interval, cell.Self, timer, ActorRefs.NoSender);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout)
    {
        var timer = Start(key, msg, isPeriodic: false);
        timer.Scheduled = Scheduler.ScheduleTellOnceCancelable(timeout, cell.Self, timer, ActorRefs.NoSender);
    }

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer))
        {
            timer.Scheduled?.Cancel();
        }
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
        {
            timer.Scheduled?.Cancel();
        }
        _timers.Clear();
    }

    public bool TryTake(TimerMessage timer, [NotNullWhen(true)] out object? message)
    {
        message = null;
        if (timer.Owner != this || !_timers.TryGetValue(timer.Key, out var inForce) || inForce != timer)
        {
            return false;
        }
        if (!timer.IsPeriodic)
        {
            _timers.Remove(timer.Key);
        }
        message = timer.Message;
        return true;
    }

    private IScheduler Scheduler => cell.System.Scheduler;

    private TimerMessage Start(object key, object message, bool isPeriodic)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        Cancel(key);
        return _timers[key] = new TimerMessage(key, message, isPeriodic, this);
    }
}
