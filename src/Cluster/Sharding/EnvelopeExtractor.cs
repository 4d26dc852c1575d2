namespace Sluice.Cluster.Sharding;

/// <summary>Opens a <see cref="ShardingEnvelope"/>.</summary>
internal sealed class EnvelopeExtractor : IMessageExtractor
{
    public string? EntityId(object message) => (message as ShardingEnvelope)?.EntityId;

    public object? EntityMessage(object message) => (message as ShardingEnvelope)?.Message;
}
