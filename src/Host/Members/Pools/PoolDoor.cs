using Sluice.Cluster.Sharding;
using Sluice.Kernel.Actor;

namespace Sluice.Host.Members.Pools;

/// <summary>Stands for a pool on every member: passes on what it gets to wherever the pool lives.</summary>
internal sealed class PoolDoor(IActorRef region, string pool) : UntypedActor
{
    protected override void OnReceive(object message) => region.Forward(new ShardingEnvelope(pool, message));
}
