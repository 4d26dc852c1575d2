using Sluice.Kernel.Actor.Scheduling;
using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Actor;

/// <summary>
/// The sender of an ask: its first message is the answer. It gets a path below <c>/temp</c> only when somebody asks for it, which no
/// local answer does, and leaves there when it is done.
/// </summary>
internal sealed class FutureActorRef<T>(IActorRefProvider provider) : MinimalActorRef
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorPath? _path;
    private List<IInternalActorRef>? _watchers;
    private ICancelable? _timeout;
    private CancellationTokenRegistration _cancellation;

    public Task<T> Answer => _answer.Task;

    public override IActorRefProvider Provider => provider;

    public override bool IsTerminated => _answer.Task.IsCompleted;

    public override ActorPath Path
    {
        get
        {
            lock (_answer)
            {
                if (_path is null)
                {
                    _path = provider.RegisterTempActor(this);
                    if (IsTerminated)
                    {
                        provider.UnregisterTempActor(_path);
                    }
                }
                return _path;
            }
        }
    }

    /// <summary>Gives the answer up after that time, and also when the system ends before: nobody would then.</summary>
    public FutureActorRef<T> EndAfter(TimeSpan timeout, Func<Exception> late, Func<Exception> systemEnded)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            _timeout = provider.System.Scheduler is TimerHeapScheduler own
                ? own.Add(new ScheduledAction(own, () => Fail(late()), TimerHeapScheduler.Once, atEnd: () => Fail(systemEnded())), timeout)
                : provider.System.Scheduler.Advanced.ScheduleOnceCancelable(timeout, () => Fail(late()));
        }
        return this;
    }

    public FutureActorRef<T> EndWith(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (self, token) =>
                {
                    var future = (FutureActorRef<T>)self!;
                    if (future._answer.TrySetCanceled(token))
                    {
                        future.Done();
                    }
                },
                this);
        }
        return this;
    }

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification death:
                Tell(new Terminated(death.Actor, death.ExistenceConfirmed, death.AddressTerminated), death.Actor);
                break;
            case Watch watch:
                AddWatcher(watch.Watcher);
                break;
            case Unwatch unwatch:
                lock (_answer)
                {
                    _watchers?.Remove(unwatch.Watcher);
                }
                break;
        }
    }

    public override bool Equals(IActorRef? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var isFirst = message switch
        {
            Status.Failure failure when !typeof(T).IsAssignableFrom(typeof(Status.Failure)) => _answer.TrySetException(failure.Cause),
            T answer => _answer.TrySetResult(answer),
            _ => _answer.TrySetException(new ArgumentException(
                $"The ask expected {typeof(T)} and got {message.GetType()}: ask for that type, or for object.")),
        };
        if (isFirst)
        {
            Done();
        }
        else
        {
            provider.DeadLetters.Tell(
                new Event.DeadLetter(message, sender ?? provider.DeadLetters, this, "the ask that it answers has ended"), sender);
        }
    }

    private void AddWatcher(IInternalActorRef watcher)
    {
        lock (_answer)
        {
            if (!IsTerminated)
            {
                (_watchers ??= []).Add(watcher);
                return;
            }
        }
        watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
    }

    private void Fail(Exception reason)
    {
        if (_answer.TrySetException(reason))
        {
            Done();
        }
    }

    private void Done()
    {
        _timeout?.Cancel();
        _cancellation.Unregister();
        List<IInternalActorRef>? watchers;
        lock (_answer)
        {
            if (_path is not null)
            {
                provider.UnregisterTempActor(_path);
            }
            watchers = _watchers;
            _watchers = null;
        }
        foreach (var watcher in watchers ?? [])
        {
            watcher.SendSystemMessage(new DeathWatchNotification(this, existenceConfirmed: true, addressTerminated: false));
        }
    }
}
