using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>Whom an actor watches and who watches it.</summary>
internal sealed class DeathWatch(ActorCell cell)
{
    // Watched actors with the message that was asked for in place of Terminated.
    private Dictionary<IActorRef, object?>? _watching;

    // Actors whose Terminated waits in the mailbox; an unwatch takes them out, and the message is dropped when it comes up.
    private Dictionary<IActorRef, object?>? _queued;
    private HashSet<IInternalActorRef>? _watchers;

    public void Watch(IActorRef subject, object? message)
    {
        if (subject.Equals(cell.Self))
        {
            return;
        }
        _watching ??= [];
        if (_watching.TryAdd(subject, message) && subject is IInternalActorRef watchee)
        {
            watchee.SendSystemMessage(new Watch(watchee, cell.Self));
        }
    }

    public void Unwatch(IActorRef subject)
    {
        if (_watching is not null && _watching.Remove(subject) && subject is IInternalActorRef watchee)
        {
            watchee.SendSystemMessage(new Unwatch(watchee, cell.Self));
        }
        _queued?.Remove(subject);
    }

    public void UnwatchAll()
    {
        foreach (var subject in _watching?.Keys.ToArray() ?? [])
        {
            Unwatch(subject);
        }
        _queued = null;
    }

    public void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(cell.Self) && !watcher.Equals(cell.Self))
        {
            (_watchers ??= []).Add(watcher);
        }
    }

    public void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (watchee.Equals(cell.Self))
        {
            _watchers?.Remove(watcher);
        }
    }

    public void TellWatchers()
    {
        foreach (var watcher in _watchers ?? [])
        {
            if (!watcher.Equals(cell.Parent))
            {
                watcher.SendSystemMessage(new DeathWatchNotification(cell.Self, existenceConfirmed: true, addressTerminated: false));
            }
        }
        _watchers = null;
    }

    public void Died(DeathWatchNotification death)
    {
        if (_watching is null || !_watching.Remove(death.Actor, out var message))
        {
            return;
        }
        if (!cell.IsStopping)
        {
            (_queued ??= [])[death.Actor] = message;
            cell.Self.Tell(new Terminated(death.Actor, death.ExistenceConfirmed, death.AddressTerminated), death.Actor);
        }
    }

    /// <summary>A <see cref="Terminated"/> that was taken goes back into the mailbox.</summary>
    public void Requeue(IActorRef actor) => (_queued ??= []).TryAdd(actor, null);

    public bool TryTakeQueued(IActorRef actor, out object? message)
    {
        message = null;
        return _queued is not null && _queued.Remove(actor, out message);
    }
}
