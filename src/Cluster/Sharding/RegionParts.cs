using Sluice.Cluster.Membership;
using Sluice.Cluster.Remoting;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Sharding;

/// <summary>What a region, its shards and its senders share.</summary>
internal sealed class RegionParts
{
    private readonly Cluster _cluster;
    private readonly Participation _participation;
    private readonly ShardOutbox[] _outboxes;
    private int _active;

    public RegionParts(
        Cluster cluster, string typeName, Func<EntityContext, Props>? propsOf, ClusterShardingSettings settings, IMessageExtractor extractor)
    {
        (_cluster, TypeName, Settings, Extractor) = (cluster, typeName, settings, extractor);
        _participation = cluster.Participation!;
        PropsOf = propsOf!;
        IsProxy = propsOf is null;
        NumberOfShards = cluster.Settings.Sharding.NumberOfShards;
        var atOnce = settings.StartEntities.Select(ShardOf).ToHashSet();
        ShardsInOrder = [.. Enumerable.Range(0, NumberOfShards).OrderByDescending(atOnce.Contains)];
        var room = new SemaphoreSlim(cluster.Settings.Sharding.BufferSize);
        _outboxes = [.. Enumerable.Range(0, NumberOfShards).Select(shard => new ShardOutbox(cluster, Remoting, QueueOf(shard), room, Lose))];
    }

    public Cluster Cluster => _cluster;

    public string TypeName { get; }

    public ClusterShardingSettings Settings { get; }

    public IMessageExtractor Extractor { get; }

    public Func<EntityContext, Props> PropsOf { get; }

    public bool IsProxy { get; }

    public int NumberOfShards { get; }

    /// <summary>All shards, those in front whose entities live without being asked: a busy broker takes its time for each claim, and for these somebody waits.</summary>
    public IReadOnlyList<int> ShardsInOrder { get; }

    public IActorRefProvider Provider => _cluster.System.Provider;

    public RemotingParts Remoting => _participation.Parts;

    /// <summary>Whether the membership that this was started in is over: the system has left, and perhaps joined again.</summary>
    public bool HasEnded => _participation != _cluster.Participation;

    public int Active => Volatile.Read(ref _active);

    public void CountActive(int change) => Interlocked.Add(ref _active, change);

    public int ShardOf(string entityId) => ShardAllocation.ShardOf(entityId, NumberOfShards);

    public ShardOutbox OutboxOf(string entityId) => _outboxes[ShardOf(entityId)];

    public string QueueOf(int shard) => $"{_cluster.Settings.Name}.{TypeName}.{shard}";

    public Task FlushedAsync() => Task.WhenAll(_outboxes.Select(outbox => outbox.FlushedAsync()));

    public void Lose(string entityId, object message, IActorRef? sender, string reason) => Provider.DeadLetters.Tell(
        new DeadLetter(message, sender ?? Provider.DeadLetters, Provider.DeadLetters, $"for the entity '{entityId}' of {TypeName}: {reason}"), sender);
}
