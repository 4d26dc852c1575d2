namespace Sluice.Cluster.Transport;

/// <summary>
/// What a transport tells one who consumes a durable queue. Calls for one consumption come one after the other; none may block or throw.
/// </summary>
public interface IQueueReceiver
{
    /// <summary>The consumption is the active one from now on: deliveries follow, if there are any.</summary>
    /// <param name="fencingToken">
    /// Greater than that of every earlier activation on this queue, whoever was active. Stores that keep the greatest token they have seen can
    /// turn away a writer that was paused and does not know yet that another is active.
    /// </param>
    void Activated(long fencingToken);

    /// <summary>A message; only while active. The bytes are valid until the call returns.</summary>
    /// <param name="tag">Names it in <see cref="IQueueConsumption.AckAsync"/>; rising, of this activation only.</param>
    /// <param name="isRedelivered">Whether it may have been delivered before.</param>
    /// <param name="frame">What was published.</param>
    void Delivered(ulong tag, bool isRedelivered, ReadOnlySpan<byte> frame);

    /// <summary>
    /// The consumption is active no more: released, disconnected or expelled. What was not acknowledged is delivered again to whoever is active
    /// next, in its old order. May be followed by another activation unless it was released.
    /// </summary>
    void Deactivated(string reason);
}
