namespace Sluice.Kernel.Actor;

/// <summary>Creates actors and finds them.</summary>
public interface IActorRefFactory
{
    /// <summary>Creates an actor; its constructor runs later, in its own first turn.</summary>
    /// <param name="props">What to create.</param>
    /// <param name="name">Unique among the living siblings; <c>null</c> to have one made up.</param>
    /// <exception cref="InvalidActorNameException">The name is taken or is no name; nothing was created.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    /// <summary>Selects the actors at a path, which may hold <c>*</c> and <c>?</c> in its elements.</summary>
    ActorSelection ActorSelection(ActorPath actorPath);

    /// <summary>Selects the actors at a path: absolute, with address, or relative to this place (<c>../sibling/*</c>).</summary>
    ActorSelection ActorSelection(string actorPath);
}
