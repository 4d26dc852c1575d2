namespace Sluice.Cluster.Sharding;

/// <summary>When a message leaves the durable queue.</summary>
public enum AckMode
{
    /// <summary>When the entity has answered it: nothing is lost that it was not responsible for. An entity that never answers blocks its shard.</summary>
    OnAnswer,

    /// <summary>When it is in the entity's mailbox: lost when the owner dies before the entity gets to it.</summary>
    OnDelivery,
}
