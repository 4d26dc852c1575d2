namespace Sluice.Kernel.Actor.Scheduling;

/// <summary>Something to be done later: an entry of the scheduler's heap that knows its place there, so that it can be taken out.</summary>
internal abstract class ScheduledWork(TimerHeapScheduler scheduler, TimeSpan interval) : ICancelable
{
    public const int NotInHeap = -1;

    private CancellationTokenSource? _source;
    private bool _isCancelled;

    public TimeSpan Interval => interval;

    // Under the scheduler's gate.
    public TimeSpan Due { get; set; }

    public long Sequence { get; set; }

    public int HeapIndex { get; set; } = NotInHeap;

    /// <summary>Ties the work to a switch that calls it off.</summary>
    public CancellationTokenRegistration Registration { get; set; }

    public bool IsCancellationRequested => Volatile.Read(ref _isCancelled);

    public CancellationToken Token
    {
        get
        {
            var source = _source ?? Interlocked.CompareExchange(ref _source, new CancellationTokenSource(), null) ?? _source;
            if (IsCancellationRequested)
            {
                source.Cancel();
            }
            return source.Token;
        }
    }

    public abstract void Run();

    /// <summary>The scheduler has ended before it came to this.</summary>
    public virtual void Drop()
    {
    }

    public void Cancel()
    {
        if (!Interlocked.Exchange(ref _isCancelled, true))
        {
            scheduler.Remove(this);
            _source?.Cancel();
        }
    }

    public void Cancel(bool throwOnFirstException) => Cancel();

    public void CancelAfter(TimeSpan delay) => scheduler.ScheduleOnce(delay, Cancel);

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));
}

internal sealed class ScheduledTell(TimerHeapScheduler scheduler, ICanTell receiver, object message, IActorRef? sender, TimeSpan interval)
    : ScheduledWork(scheduler, interval)
{
    public override void Run() => receiver.Tell(message, sender);
}

internal sealed class ScheduledAction(TimerHeapScheduler scheduler, Action action, TimeSpan interval, Action? atEnd = null)
    : ScheduledWork(scheduler, interval)
{
    public override void Run() => action();

    public override void Drop() => atEnd?.Invoke();
}
