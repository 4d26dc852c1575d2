using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>A message for an entity that was delivered and not taken yet.</summary>
internal sealed class EntityItem(EntityFrame frame, string entityId, object message, IActorRef? sender)
{
    public EntityFrame Frame => frame;

    public string EntityId => entityId;

    public object Message => message;

    public IActorRef? Sender => sender;

    public int Attempts { get; set; }

    public bool IsTaken { get; set; }
}

/// <summary>What was delivered as one, and is acknowledged as one when all of it is taken.</summary>
internal sealed class EntityFrame(long token, ulong tag)
{
    public long Token => token;

    public ulong Tag => tag;

    public List<EntityItem> Items { get; } = [];

    public int Open { get; set; }
}
