using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>A named entity of a shard, with what it has not taken yet in the order in which it came.</summary>
internal sealed class Entity(string id)
{
    public string Id => id;

    /// <summary>Its actor; <c>null</c> between an end and the next start.</summary>
    public IActorRef? Actor { get; set; }

    /// <summary>Whether it is on its way to its end: what comes waits for the next instance.</summary>
    public bool IsStopping { get; set; }

    public List<EntityItem> Open { get; } = [];
}
