using System.Runtime.CompilerServices;
using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

// A ring of slots. Positions count up modulo 2^31; a slot is its position modulo the length, a power of two.
//   _added   how many slots were reserved; the sign bit set = frozen, nothing is added any more
//   _freed   how many slots the consumer has given back; may lag behind what it has taken
// added - freed never exceeds the length, so a reserved slot is always an empty one.
// A slot holds a message exactly from its publication (the write of Message) to its taking. A segment that is full is frozen
// and followed by a larger one; only the last segment of a chain is not frozen. A single slot needs no array: most actors
// have no more than one message at a time.
internal sealed class QueueSegment<TSteps>(int length)
    where TSteps : struct, ISteps
{
    public const int Positions = int.MaxValue;
    private const int Frozen = int.MinValue;

    // Who loses the race for a slot stands back for some ten slots' time: producers in turn are faster than producers in step.
    private const int SpinsAfterLosing = 20;
    private readonly Slot[]? _slots = length == 1 ? null : new Slot[length];
    private QueueSegment<TSteps>? _next;
    private Slot _only;
    private int _added;
    private int _freed;

    public int Length => _slots?.Length ?? 1;

    public Slot[]? Slots => _slots;

    public ref QueueSegment<TSteps>? Next => ref _next;

    public int Added => Volatile.Read(ref _added) & Positions;

    public bool IsFrozen => Volatile.Read(ref _added) < 0;

    /// <summary>How many slots from a position on are reserved.</summary>
    public int CountFrom(int taken) => (Added - taken) & Positions;

    /// <summary>Adds, or tells that the segment is frozen, which it does itself when it finds no room.</summary>
    public bool TryAdd(object message, IActorRef? sender)
    {
        // Read ahead of the exchange: after it the line belongs to the next producer already.
        var slots = _slots;
        var length = slots is null ? 1 : slots.Length;
        while (true)
        {
            TSteps.Before(Step.ReadTail);
            var added = Volatile.Read(ref _added);
            if (added < 0)
            {
                return false;
            }
            if (((added - Volatile.Read(ref _freed)) & Positions) >= length)
            {
                // What was freed may be newer than what was added; then the exchange fails, and all is read again.
                TSteps.Before(Step.FreezeSegment);
                Interlocked.CompareExchange(ref _added, added | Frozen, added);
                continue;
            }
            TSteps.Before(Step.ReserveSlot);
            if (Interlocked.CompareExchange(ref _added, (added + 1) & Positions, added) == added)
            {
                ref var slot = ref slots is null ? ref _only : ref slots[added & (slots.Length - 1)];
                slot.Sender = sender;
                TSteps.Before(Step.PublishSlot);
                Volatile.Write(ref slot.Message, message);
                return true;
            }
            Thread.SpinWait(SpinsAfterLosing);
        }
    }

    /// <summary>Takes the message at a position, if it is published. Consumer only.</summary>
    public bool TryTake(int position, out Envelope envelope) => TryTake(ref SlotAt(position), out envelope);

    public static bool TryTake(ref Slot slot, out Envelope envelope)
    {
        TSteps.Before(Step.TakeSlot);
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
    public void Free(int position)
    {
        TSteps.Before(Step.FreeSlots);
        Volatile.Write(ref _freed, position);
    }

    /// <summary>Lets nothing be added any more.</summary>
    public void Freeze()
    {
        TSteps.Before(Step.FreezeSegment);
        Interlocked.Or(ref _added, Frozen);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Slot SlotAt(int position)
    {
        if (_slots is { } slots)
        {
            return ref slots[position & (slots.Length - 1)];
        }
        return ref _only;
    }

    public struct Slot
    {
        public object? Message;
        public IActorRef? Sender;
    }
}
