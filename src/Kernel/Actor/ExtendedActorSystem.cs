namespace Sluice.Kernel.Actor;

/// <summary>A system, with what extensions and remoting need of it.</summary>
public abstract class ExtendedActorSystem : ActorSystem
{
    private protected ExtendedActorSystem()
    {
    }

    /// <summary>Guardians, and the ways from a path to a ref.</summary>
    public abstract IActorRefProvider Provider { get; }

    /// <summary>The parent of what <see cref="ActorSystem.ActorOf"/> creates.</summary>
    public IInternalActorRef Guardian => Provider.Guardian;

    /// <summary>The parent of the system's own actors.</summary>
    public IInternalActorRef SystemGuardian => Provider.SystemGuardian;

    /// <summary>The clock of everything in the system.</summary>
    public abstract TimeProvider TimeProvider { get; }

    /// <summary>Creates one of the system's own actors, which live until all others have stopped.</summary>
    public abstract IActorRef SystemActorOf(Props props, string? name = null);
}
