namespace Sluice.Cluster.Settings;

/// <summary>How named entities are spread and handed over.</summary>
public sealed record ShardingSettings
{
    /// <summary>Shards of each kind of entity. The same on all members, and for as long as messages wait in the queues.</summary>
    public required int NumberOfShards { get; init; }

    /// <summary>Frames of one shard, of many messages each, that were delivered and not acknowledged, at most.</summary>
    public required int Prefetch { get; init; }

    /// <summary>How long a member waits, when others come or go, for further ones to do so before shards move.</summary>
    public required TimeSpan RebalanceDelay { get; init; }

    /// <summary>How long entities may take to stop when their shard moves. After that the shard is given up with what they left undone.</summary>
    public required TimeSpan HandOffTimeout { get; init; }

    /// <summary>Messages from one region that wait to be confirmed by the broker, at most; what comes on top becomes dead letters.</summary>
    public required int BufferSize { get; init; }

    internal void Check()
    {
        ClusterSettings.Unless(NumberOfShards is >= 1 and <= 10_000, "sharding.number-of-shards", NumberOfShards, "give 1 to 10000");
        ClusterSettings.Unless(Prefetch is >= 1 and <= 60_000, "sharding.prefetch", Prefetch, "give 1 to 60000");
        ClusterSettings.Unless(RebalanceDelay >= TimeSpan.Zero, "sharding.rebalance-delay", RebalanceDelay, "give a duration");
        ClusterSettings.Unless(HandOffTimeout > TimeSpan.Zero, "sharding.hand-off-timeout", HandOffTimeout, "give a duration above zero");
        ClusterSettings.Unless(BufferSize >= 1, "sharding.buffer-size", BufferSize, "give at least 1");
    }
}
