namespace Sluice.Cluster.Sharding;

/// <summary>Asks a region for a <see cref="CurrentShardRegionState"/>.</summary>
public sealed class GetShardRegionState
{
    private GetShardRegionState()
    {
    }

    /// <summary>The one value.</summary>
    public static GetShardRegionState Instance { get; } = new();
}

/// <summary>The shards that a member has claimed.</summary>
/// <param name="Shards">Each with its entities.</param>
public sealed record CurrentShardRegionState(IReadOnlyList<ShardState> Shards);

/// <summary>A shard that a member has claimed.</summary>
/// <param name="Shard">Its number.</param>
/// <param name="IsActive">Whether the broker has made this member its owner; otherwise another one still is.</param>
/// <param name="FencingToken">The token of the activation; 0 when not active.</param>
/// <param name="Entities">The names of the entities that live.</param>
/// <param name="Unacknowledged">Messages that were delivered and not taken yet.</param>
public sealed record ShardState(int Shard, bool IsActive, long FencingToken, IReadOnlyList<string> Entities, int Unacknowledged);
