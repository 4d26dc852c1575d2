namespace Sluice.Cluster.Sharding;

/// <summary>Finds out for whom a message to a region is. Called on several threads.</summary>
public interface IMessageExtractor
{
    /// <summary>The entity; <c>null</c> for a message that is for none, which becomes unhandled.</summary>
    string? EntityId(object message);

    /// <summary>What the entity gets; <c>null</c> as above.</summary>
    object? EntityMessage(object message);
}
