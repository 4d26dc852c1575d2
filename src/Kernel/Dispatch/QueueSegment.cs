using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

// A ring of slots; positions only grow, a slot is position modulo length.
//   _added   how many slots were reserved; the sign bit set = frozen, nothing is added any more
//   _freed   how many slots the consumer has given back; may lag behind what it has taken
//   added - freed never exceeds the length, so a reserved slot is always an empty one.
// A slot holds a message exactly from its publication (the write of Message) to its taking. A segment that is full is frozen
// and followed by a larger one; only the last segment of a chain is not frozen.
internal sealed class QueueSegment<TSteps>(int length)
    where TSteps : struct, ISteps
{
    private const long Frozen = long.MinValue;
    private readonly Slot[] _slots = new Slot[length];
    private long _added;
    private long _freed;
    private QueueSegment<TSteps>? _next;

    public int Length => _slots.Length;

    public ref QueueSegment<TSteps>? Next => ref _next;

    public long Added => Volatile.Read(ref _added) & ~Frozen;

    public bool IsFrozen => Volatile.Read(ref _added) < 0;

    /// <summary>Adds, or tells that the segment is frozen, which it does itself when it finds no room.</summary>
    public bool TryAdd(object message, IActorRef? sender)
    {
        while (true)
        {
            TSteps.Before(Step.ReadTail);
            var added = Volatile.Read(ref _added);
            if (added < 0)
            {
                return false;
            }
            if (added - Volatile.Read(ref _freed) >= _slots.Length)
            {
                TSteps.Before(Step.FreezeSegment);
                Interlocked.CompareExchange(ref _added, added | Frozen, added);
                continue;
            }
            TSteps.Before(Step.ReserveSlot);
            if (Interlocked.CompareExchange(ref _added, added + 1, added) == added)
            {
                ref var slot = ref _slots[added & (_slots.Length - 1)];
                slot.Sender = sender;
                TSteps.Before(Step.PublishSlot);
                Volatile.Write(ref slot.Message, message);
                return true;
            }
        }
    }

    /// <summary>Takes the message at a position, if it is published. Consumer only.</summary>
    public bool TryTake(long position, out Envelope envelope)
    {
        TSteps.Before(Step.TakeSlot);
        ref var slot = ref _slots[position & (_slots.Length - 1)];
        var message = Volatile.Read(ref slot.Message);
        if (message is null)
        {
            envelope = default;
            return false;
        }
        envelope = new Envelope(message, slot.Sender);
        slot.Message = null;
        slot.Sender = null;
        return true;
    }

    /// <summary>Gives the slots below a position back to the producers. Consumer only.</summary>
    public void Free(long position)
    {
        TSteps.Before(Step.FreeSlots);
        Volatile.Write(ref _freed, position);
    }

    private struct Slot
    {
        public object? Message;
        public IActorRef? Sender;
    }
}
