namespace Sluice.Cluster.Sharding;

/// <summary>A message with the name of the entity that it is for; what a region understands where no extractor says otherwise.</summary>
/// <param name="EntityId">The entity; up to 300 characters.</param>
/// <param name="Message">What it gets.</param>
public sealed record ShardingEnvelope(string EntityId, object Message);
