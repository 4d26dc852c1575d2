using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.TestKit;

/// <summary>A test actor of its own, which can be given to others as their counterpart; it is its own ref.</summary>
public sealed class TestProbe : TestKitBase, IInternalActorRef
{
    internal TestProbe(ActorSystem system, string name)
        : base(system, name)
    {
    }

    /// <summary>The probe's ref.</summary>
    public IActorRef Ref => TestActor;

    /// <summary>Who sent what was expected last.</summary>
    public IActorRef Sender => LastSender;

    ActorPath IActorRef.Path => Ref.Path;

    IActorRefProvider? IInternalActorRef.Provider => Inner.Provider;

    IInternalActorRef IInternalActorRef.Parent => Inner.Parent;

    bool IInternalActorRef.IsLocal => Inner.IsLocal;

    bool IInternalActorRef.IsTerminated => Inner.IsTerminated;

    private IInternalActorRef Inner => (IInternalActorRef)TestActor;

    /// <summary>Sends a message with the probe as the sender.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, Ref);

    /// <summary>Sends what was expected last on, with its sender.</summary>
    public void Forward(IActorRef actor) => Forward(actor, LastMessage ?? throw new InvalidOperationException("The probe has expected nothing yet."));

    /// <summary>Sends a message with the sender of what was expected last.</summary>
    public void Forward(IActorRef actor, object message) => actor.Tell(message, Sender);

    /// <summary>Answers the sender of what was expected last.</summary>
    public void Reply(object message) => Sender.Tell(message, Ref);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IActorRef other && Ref.Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Ref.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"TestProbe({Ref})";

    void ICanTell.Tell(object message, IActorRef? sender) => Ref.Tell(message, sender);

    bool IEquatable<IActorRef>.Equals(IActorRef? other) => Ref.Equals(other);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => Ref.CompareTo(other);

    int IComparable.CompareTo(object? obj) => Ref.CompareTo(obj);

    IActorRef IInternalActorRef.GetChild(string name) => Inner.GetChild(name);

    IReadOnlyCollection<IActorRef> IInternalActorRef.GetChildren() => Inner.GetChildren();

    void IInternalActorRef.SendSystemMessage(ISystemMessage message) => Inner.SendSystemMessage(message);

    void IInternalActorRef.Stop() => Inner.Stop();

    void IInternalActorRef.Suspend() => Inner.Suspend();

    void IInternalActorRef.Resume(Exception? causedByFailure) => Inner.Resume(causedByFailure);

    void IInternalActorRef.Restart(Exception cause) => Inner.Restart(cause);
}
