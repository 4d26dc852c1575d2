namespace Sluice.Cluster.Sharding;

/// <summary>
/// What an entity tells its sender when it has taken responsibility for a message and has no other answer: the message leaves the durable queue,
/// the original sender is told nothing.
/// </summary>
public sealed class EntityTaken
{
    private EntityTaken()
    {
    }

    /// <summary>The one value.</summary>
    public static EntityTaken Instance { get; } = new();
}
