namespace Sluice.Kernel.Actor;

/// <summary>Makes the instances of an actor in a way of its own, for instance from a container.</summary>
public interface IIndirectActorProducer
{
    /// <summary>The type of the instances.</summary>
    Type ActorType { get; }

    /// <summary>Makes a new instance; called for the first one and for each restart.</summary>
    ActorBase Produce();

    /// <summary>The runtime is done with an instance.</summary>
    void Release(ActorBase actor);
}
