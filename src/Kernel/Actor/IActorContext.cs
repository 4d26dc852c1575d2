using Sluice.Kernel.Dispatch;

namespace Sluice.Kernel.Actor;

/// <summary>What an actor has around it. Valid only in the actor's turn.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    /// <summary>The actor's own ref.</summary>
    IActorRef Self { get; }

    /// <summary>What the actor was created from.</summary>
    Props Props { get; }

    /// <summary>Who sent the message in hand; the dead letters when there was no sender.</summary>
    IActorRef Sender { get; }

    /// <summary>The system.</summary>
    ActorSystem System { get; }

    /// <summary>The supervisor.</summary>
    IActorRef Parent { get; }

    /// <summary>What runs the actor's turns.</summary>
    MessageDispatcher Dispatcher { get; }

    /// <summary>The time without messages after which a <see cref="Actor.ReceiveTimeout"/> comes; <c>null</c> for none.</summary>
    TimeSpan? ReceiveTimeout { get; }

    /// <summary>Replaces the behaviour on top of the stack.</summary>
    void Become(Receive receive);

    /// <summary>Puts a behaviour on top of the stack.</summary>
    void BecomeStacked(Receive receive);

    /// <summary>Takes the behaviour on top of the stack away; the first one stays.</summary>
    void UnbecomeStacked();

    /// <summary>The living child of that name, or <see cref="ActorRefs.Nobody"/>.</summary>
    IActorRef Child(string name);

    /// <summary>The children, also those that are stopping.</summary>
    IEnumerable<IActorRef> GetChildren();

    /// <summary>Asks for a <see cref="Actor.ReceiveTimeout"/> whenever no message came for that long, until set to <c>null</c>.</summary>
    void SetReceiveTimeout(TimeSpan? receiveTimeout);

    /// <summary>Stops a child, or this actor, after the message in hand.</summary>
    void Stop(IActorRef child);
}
