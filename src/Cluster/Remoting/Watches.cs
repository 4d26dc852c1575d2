using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Cluster.Remoting;

/// <summary>Who here watches whom on one other member, and the other way round. Not for several threads at once.</summary>
internal sealed class Watches
{
    private readonly List<(RemoteActorRef Watchee, IInternalActorRef Watcher)> _ours = [];
    private readonly HashSet<(IInternalActorRef Watchee, RemoteActorRef Watcher)> _theirs = [];

    public void AddOurs(RemoteActorRef watchee, IInternalActorRef watcher) => _ours.Add((watchee, watcher));

    public void RemoveOurs(RemoteActorRef watchee, IInternalActorRef watcher) => _ours.Remove((watchee, watcher));

    /// <summary>Takes the watches of a watcher on an actor that has stopped; one who watched its path without a uid meant whoever lived there.</summary>
    public IReadOnlyList<RemoteActorRef> TakeOurs(ActorPath watchee, IActorRef watcher)
    {
        var meant = _ours.Where(one =>
            one.Watcher.Equals(watcher) && one.Watchee.Path == watchee && (one.Watchee.Path.Uid == 0 || watchee.Uid == 0 || one.Watchee.Path.Uid == watchee.Uid))
            .ToArray();
        foreach (var one in meant)
        {
            _ours.Remove(one);
        }
        return [.. meant.Select(one => one.Watchee)];
    }

    public void AddTheirs(IInternalActorRef watchee, RemoteActorRef watcher) => _theirs.Add((watchee, watcher));

    public void RemoveTheirs(IActorRef watchee, RemoteActorRef watcher) => _theirs.Remove(((IInternalActorRef)watchee, watcher));

    /// <summary>The other member is gone: our watchers are told, theirs are forgotten.</summary>
    /// <returns>What is to be sent, outside of any lock.</returns>
    public IReadOnlyList<(IInternalActorRef To, SystemMessage Message)> Clear()
    {
        var sends = new List<(IInternalActorRef, SystemMessage)>();
        foreach (var (watchee, watcher) in _ours)
        {
            sends.Add((watcher, new DeathWatchNotification(watchee, existenceConfirmed: false, addressTerminated: true)));
        }
        foreach (var (watchee, watcher) in _theirs)
        {
            sends.Add((watchee, new Unwatch(watchee, watcher)));
        }
        _ours.Clear();
        _theirs.Clear();
        return sends;
    }
}
