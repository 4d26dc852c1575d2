namespace Sluice.Instruments.Events;

/// <summary>An item entered or left a queue or mailbox.</summary>
/// <param name="queue">The queue, or the actor whose mailbox it is.</param>
/// <param name="item">The item; see <see cref="ItemView.Of{T}"/>.</param>
/// <param name="immediate">Whether the put did not wait for space, or the get for an item.</param>
/// <param name="waited">
/// For a get: how long the item lay in the queue, if that is known. Zero unless an instrument needs timing.
/// </param>
public readonly ref struct QueueEvent(IInstrumented queue, ItemView item, bool immediate, TimeSpan waited = default)
{
    /// <summary>The queue, or the actor whose mailbox it is.</summary>
    public IInstrumented Queue { get; } = queue;

    /// <summary>The item that was put or taken.</summary>
    public ItemView Item { get; } = item;

    /// <summary>Whether the put did not wait for space, or the get for an item.</summary>
    public bool Immediate { get; } = immediate;

    /// <summary>How long the item lay in the queue; zero for a put, or when it was not measured.</summary>
    public TimeSpan Waited { get; } = waited;
}
