using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Actor;

/// <summary>What a ref offers to the runtime around it, such as routers and remoting; not meant for actors.</summary>
public interface IInternalActorRef : IActorRef
{
    /// <summary>The system's ways of finding refs; <c>null</c> for refs that belong to no system.</summary>
    IActorRefProvider? Provider { get; }

    /// <summary>The ref above this one.</summary>
    IInternalActorRef Parent { get; }

    /// <summary>Whether the actor lives in this process.</summary>
    bool IsLocal { get; }

    /// <summary>Whether the actor is known to have stopped.</summary>
    bool IsTerminated { get; }

    /// <summary>The living child of that name, or <see cref="ActorRefs.Nobody"/>.</summary>
    IActorRef GetChild(string name);

    /// <summary>The living children.</summary>
    IReadOnlyCollection<IActorRef> GetChildren();

    /// <summary>Delivers a message of the life cycle, ahead of all user messages.</summary>
    void SendSystemMessage(ISystemMessage message);

    /// <summary>Stops the actor after the message in hand.</summary>
    void Stop();

    /// <summary>Lets the actor handle no user messages until it is resumed.</summary>
    void Suspend();

    /// <summary>Undoes one <see cref="Suspend"/>, or a failure when <paramref name="causedByFailure"/> is given.</summary>
    void Resume(Exception? causedByFailure);

    /// <summary>Replaces the actor's instance by a new one.</summary>
    void Restart(Exception cause);
}
