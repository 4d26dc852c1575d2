using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Sharding;

/// <summary>A named entity of a shard, with what it has not taken yet in the order in which it came.</summary>
internal sealed class Entity(string id)
{
    private readonly Queue<EntityItem> _items = new();

    public string Id => id;

    /// <summary>Its actor; <c>null</c> between an end and the next start.</summary>
    public IActorRef? Actor { get; set; }

    /// <summary>Whether it is on its way to its end: what comes waits for the next instance.</summary>
    public bool IsStopping { get; set; }

    /// <summary>What it has not taken yet.</summary>
    public IEnumerable<EntityItem> Open => _items.Where(item => !item.IsTaken);

    public int OpenCount { get; private set; }

    public void Add(EntityItem item)
    {
        _items.Enqueue(item);
        OpenCount++;
    }

    /// <returns>False when it was taken before.</returns>
    public bool TryTake(EntityItem item)
    {
        if (item.IsTaken)
        {
            return false;
        }
        item.IsTaken = true;
        OpenCount--;

        // Most are taken in their order, so what is taken is mostly in front.
        while (_items.TryPeek(out var first) && first.IsTaken)
        {
            _items.Dequeue();
        }
        return true;
    }
}
