using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>How one kind of entity is run. What all kinds share is in <c>sluice.cluster.sharding</c>.</summary>
public sealed record ClusterShardingSettings
{
    /// <summary>Only members with this role own shards; <c>null</c> for all.</summary>
    public string? Role { get; init; }

    /// <summary>When a message leaves the queue.</summary>
    public AckMode AckMode { get; init; }

    /// <summary>Entities that are to live without a message having come for them; they are made as soon as their shard is active.</summary>
    public IReadOnlyList<string> StartEntities { get; init; } = [];

    /// <summary>What ends an entity whose shard moves: it may finish what it has begun.</summary>
    public object HandOffStopMessage { get; init; } = PoisonPill.Instance;

    /// <summary>
    /// Whether an answer means that the entity is responsible for the message. One that does not is not passed on, and the message is delivered again
    /// after <see cref="RetryPause"/>, or by the next owner.
    /// </summary>
    public Func<object, bool> IsTaken { get; init; } = _ => true;

    /// <summary>
    /// Gives a message its id before the entity gets it, which can then tell a second delivery of one send from a second send: an owner may die between
    /// taking a message and acknowledging it. By default the message as it is.
    /// </summary>
    public Func<object, MessageId, object> Identify { get; init; } = (message, _) => message;

    /// <summary>The pause before a message is delivered again that was not taken.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a message is delivered whose entity ends before it answers; then it becomes a dead letter, because it may be what ends the entity.</summary>
    public int MaxAttempts { get; init; } = 5;
}
