namespace Sluice.Kernel.Actor;

/// <summary>A system's guardians, and the ways from a path to a ref.</summary>
public interface IActorRefProvider
{
    /// <summary>The system.</summary>
    ActorSystem System { get; }

    /// <summary>The actor above all others.</summary>
    IInternalActorRef RootGuardian { get; }

    /// <summary>The parent of what <see cref="ActorSystem.ActorOf"/> creates.</summary>
    IInternalActorRef Guardian { get; }

    /// <summary>The parent of the system's own actors.</summary>
    IInternalActorRef SystemGuardian { get; }

    /// <summary>Where messages go that nobody can take.</summary>
    IActorRef DeadLetters { get; }

    /// <summary>The root of the system's paths.</summary>
    ActorPath RootPath { get; }

    /// <summary>
    /// The address under which other processes know this system; local until a cluster sets it. Paths with this address are
    /// resolved here, those with another one by <see cref="RemoteResolver"/>.
    /// </summary>
    Address DefaultAddress { get; set; }

    /// <summary>Makes refs for paths of other processes; <c>null</c> while the system is not part of a cluster.</summary>
    Func<ActorPath, IActorRef>? RemoteResolver { get; set; }

    /// <summary>The ref at a path, dead or alive: a path where nothing lives gives a ref that leads to the dead letters.</summary>
    IActorRef ResolveActorRef(string path);

    /// <summary>The ref at a path, dead or alive: a path where nothing lives gives a ref that leads to the dead letters.</summary>
    IActorRef ResolveActorRef(ActorPath actorPath);

    /// <summary>Makes a ref known below <c>/temp</c>, so that its path can be resolved; gives the path.</summary>
    ActorPath RegisterTempActor(IInternalActorRef actorRef);

    /// <summary>Forgets a ref below <c>/temp</c>.</summary>
    void UnregisterTempActor(ActorPath path);
}
