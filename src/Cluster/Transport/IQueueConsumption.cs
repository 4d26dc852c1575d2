namespace Sluice.Cluster.Transport;

/// <summary>A claim on a durable queue: of all who hold one, the broker lets a single one be active.</summary>
public interface IQueueConsumption
{
    /// <summary>The queue.</summary>
    string Queue { get; }

    /// <summary>Takes a message off the queue for good. Of no effect for a tag of an earlier activation, or while there is no connection.</summary>
    ValueTask AckAsync(ulong tag);

    /// <summary>
    /// Gives the claim up, so that another one becomes active; completes when the broker knows. What was not acknowledged goes back to the queue.
    /// Call it after the last message was handled. A second call does nothing.
    /// </summary>
    Task ReleaseAsync();
}
