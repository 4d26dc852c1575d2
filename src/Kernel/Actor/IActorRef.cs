namespace Sluice.Kernel.Actor;

/// <summary>The handle of an actor: stays valid over restarts, and becomes a way to the dead letters once the actor has stopped.</summary>
public interface IActorRef : ICanTell, IEquatable<IActorRef>, IComparable<IActorRef>, IComparable
{
    /// <summary>Where the actor lives, with the uid of this very actor.</summary>
    ActorPath Path { get; }
}
