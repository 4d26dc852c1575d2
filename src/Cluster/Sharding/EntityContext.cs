namespace Sluice.Cluster.Sharding;

/// <summary>What an entity is made with.</summary>
/// <param name="EntityId">Its name.</param>
/// <param name="Shard">The shard that it lives in.</param>
/// <param name="FencingToken">
/// Greater than that of every owner before. A store that keeps the greatest token it has seen can turn away an owner that was paused and does not
/// know yet that another has taken its place.
/// </param>
public sealed record EntityContext(string EntityId, int Shard, long FencingToken);
