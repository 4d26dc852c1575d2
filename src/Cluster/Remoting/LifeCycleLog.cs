using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Remoting;

/// <summary>
/// Life-cycle messages to and from one member, which must not be lost as others may: they are numbered, kept until they are acknowledged, and
/// sent again. Not for several threads at once.
/// </summary>
internal sealed class LifeCycleLog
{
    private readonly Queue<LifeCycleEntry> _unacknowledged = new();
    private ulong _lastSent;
    private ulong _lastReceived;

    /// <summary>What is to be sent again when it was not acknowledged for a while.</summary>
    public IReadOnlyCollection<LifeCycleEntry> Unacknowledged => _unacknowledged;

    public ulong LastReceived => _lastReceived;

    public LifeCycleEntry Add(SystemKind kind, IActorRef first, IActorRef? second, byte flags)
    {
        var entry = new LifeCycleEntry(++_lastSent, kind, first, second, flags);
        _unacknowledged.Enqueue(entry);
        return entry;
    }

    public void Acknowledge(ulong number)
    {
        while (_unacknowledged.TryPeek(out var first) && first.Number <= number)
        {
            _unacknowledged.Dequeue();
        }
    }

    /// <summary>Whether a message is the next one: earlier ones were seen before, later ones come again in their order.</summary>
    public bool IsNext(ulong number)
    {
        if (number != _lastReceived + 1)
        {
            return false;
        }
        _lastReceived = number;
        return true;
    }
}

/// <summary>A numbered life-cycle message.</summary>
internal sealed record LifeCycleEntry(ulong Number, SystemKind Kind, IActorRef First, IActorRef? Second, byte Flags)
{
    public void Write(FrameWriter frame) => frame.LifeCycle(
        Number, Kind, First, firstIsThere: Kind != SystemKind.Died, Second, secondIsThere: Kind == SystemKind.Died, Flags);
}
