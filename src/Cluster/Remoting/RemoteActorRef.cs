using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Cluster.Remoting;

/// <summary>The ref of an actor on another member.</summary>
internal sealed class RemoteActorRef(ActorPath path, MemberLink link) : InternalActorRefBase
{
    public override ActorPath Path => path;

    public MemberLink Link => link;

    public override IActorRefProvider Provider => link.Provider;

    public override IInternalActorRef Parent => path.Parent == path ? this : new RemoteActorRef(path.Parent, link);

    public override bool IsLocal => false;

    public override bool IsTerminated => false;

    public override IActorRef GetChild(string name) => new RemoteActorRef(path.Child(name), link);

    public override IReadOnlyCollection<IActorRef> GetChildren() => [];

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch:
                link.Watch(this, watch.Watcher);
                break;
            case Unwatch unwatch:
                link.Unwatch(this, unwatch.Watcher);
                break;
            case DeathWatchNotification death:
                link.TellDeath(this, death);
                break;
            case Terminate:
                link.Stop(this);
                break;
        }
    }

    /// <summary>Whether an actor runs its turns is decided where it lives.</summary>
    public override void Suspend()
    {
    }

    /// <inheritdoc cref="Suspend"/>
    public override void Resume(Exception? causedByFailure)
    {
    }

    /// <inheritdoc cref="Suspend"/>
    public override void Restart(Exception cause)
    {
    }

    protected override void TellInternal(object message, IActorRef? sender) => link.Tell(this, message, sender);
}
