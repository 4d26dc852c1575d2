using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Sharding;

internal sealed record ShardActivated(long Token);

internal sealed record ShardDeactivated(string Reason);

internal sealed record FrameDelivered(EntityFrame Frame);

internal sealed record EntityAnswered(EntityItem Item, bool IsTaken);

internal sealed record StartEntity(string Id);

internal sealed record ShardClaimed(IQueueConsumption Claim);

/// <summary>To a shard: finish what was begun, give the queue up and stop.</summary>
internal sealed class HandOff
{
    public static HandOff Instance { get; } = new();
}

internal sealed class ShardReleased
{
    public static ShardReleased Instance { get; } = new();
}

internal sealed class HandOffTimedOut
{
    public static HandOffTimedOut Instance { get; } = new();
}

internal sealed class ClaimAgain
{
    public static ClaimAgain Instance { get; } = new();
}

internal sealed class DeliverAgain
{
    public static DeliverAgain Instance { get; } = new();
}

internal sealed class Rebalance
{
    public static Rebalance Instance { get; } = new();
}

/// <summary>To a region: hand all shards over, this member leaves. Answered with Done.</summary>
internal sealed class HandAllOver
{
    public static HandAllOver Instance { get; } = new();
}
