using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>
/// A queue of many producers and one consumer that allocates nothing while its backlog fits the largest ring it has had. It begins
/// with no ring, then one of a single slot, and goes back to that when a large one has been of no use for a while.
/// </summary>
internal sealed class UnboundedQueue<TSteps> : MessageQueue
    where TSteps : struct, ISteps
{
    private const int Growth = 4;
    private const int LargestLength = 1 << 20;

    private const int BusyFreesEvery = 32;

    // A ring above this is given up when it lived through so many full collections without being used to an eighth.
    private const int LengthWorthKeeping = 1024;
    private const int CollectionsBeforeShrinking = 16;

    // Producers.
    private QueueSegment<TSteps>? _tail;

    // The first producer sets it once; from then on it is the consumer's.
    private QueueSegment<TSteps>? _head;

    // Consumer only, but for a glance by others at how much has been taken.
    private int _taken;
    private BusyConsumer<TSteps>? _busy;

    private ref int Taken
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (Volatile.Read(ref _busy) is { } busy)
            {
                return ref busy.Taken;
            }
            return ref _taken;
        }
    }

    public override int Count
    {
        get
        {
            var count = 0;
            var taken = Volatile.Read(ref Taken);
            for (var segment = Volatile.Read(ref _head); segment is not null; segment = Volatile.Read(ref segment.Next))
            {
                count += segment.CountFrom(taken);
                taken = 0;
            }
            return Math.Max(count, 0);
        }
    }

    public override bool HasMessages
    {
        get
        {
            var head = Volatile.Read(ref _head);
            return head is not null && (head.Added != Volatile.Read(ref Taken) || Volatile.Read(ref head.Next) is not null);
        }
    }

    public override bool TryEnqueue(object message, IActorRef? sender, out Envelope refused)
    {
        refused = default;
        var segment = Volatile.Read(ref _tail) ?? Start();
        while (!segment.TryAdd(message, sender))
        {
            segment = Grow(segment, Math.Min(segment.Length * Growth, LargestLength));
        }
        return true;
    }

    public override bool TryDequeue(out Envelope envelope)
    {
        if (_busy is { } busy)
        {
            var slots = busy.Slots;
            if (QueueSegment<TSteps>.TryTake(ref slots[busy.Taken & (slots.Length - 1)], out envelope))
            {
                Took(ref busy.Taken, BusyFreesEvery);
                return true;
            }
            return TryDequeueBehind(_head!, out envelope);
        }
        if (_head is { } head)
        {
            if (head.TryTake(_taken, out envelope))
            {
                Took(ref _taken, FreesEvery(head));
                return true;
            }
            return TryDequeueBehind(head, out envelope);
        }
        envelope = default;
        return false;
    }

    // Producers look at what was freed only when they find a segment full: to free rarely spares them cache misses.
    private static int FreesEvery(QueueSegment<TSteps> head) => Math.Min(BusyFreesEvery, Math.Max(1, head.Length >> 2));

    private void Took(ref int position, int freesEvery)
    {
        var taken = (position + 1) & QueueSegment<TSteps>.Positions;
        Volatile.Write(ref position, taken);
        if ((taken & (freesEvery - 1)) == 0)
        {
            _head!.Free(taken);
        }
    }

    // The slot is empty: nothing is there, or it is reserved but not yet published, or the segment is used up.
    private bool TryDequeueBehind(QueueSegment<TSteps> head, out Envelope envelope)
    {
        var spinner = new SpinWait();
        while (true)
        {
            var frozen = head.IsFrozen;
            ref var taken = ref Taken;
            if (head.Added != taken)
            {
                if (head.TryTake(taken, out envelope))
                {
                    Took(ref taken, FreesEvery(head));
                    return true;
                }
                TSteps.Before(Step.Spin);
                spinner.SpinOnce(sleep1Threshold: -1);
            }
            else if (frozen && TryMoveOn(head, out var next))
            {
                head = next;
            }
            else
            {
                Drained(head);
                envelope = default;
                return false;
            }
        }
    }

    private void Drained(QueueSegment<TSteps> head)
    {
        var taken = Taken;
        head.Free(taken);
        if (head.Length <= LengthWorthKeeping || _busy is not { } busy)
        {
            return;
        }
        var used = (taken - busy.TakenAtDrain) & QueueSegment<TSteps>.Positions;
        busy.TakenAtDrain = taken;
        var collections = GC.CollectionCount(2);
        if (used >= head.Length / 8)
        {
            busy.CollectionsAtUse = collections;
        }
        else if (collections - busy.CollectionsAtUse >= CollectionsBeforeShrinking)
        {
            busy.CollectionsAtUse = collections;
            head.Freeze();
            Grow(head, length: 1);
        }
    }

    private bool TryMoveOn(QueueSegment<TSteps> head, [NotNullWhen(true)] out QueueSegment<TSteps>? next)
    {
        next = Volatile.Read(ref head.Next);
        if (next is null)
        {
            return false;
        }
        // Who reads the old head with the new position sees that another segment follows.
        TSteps.Before(Step.MoveHead);
        Volatile.Write(ref _taken, 0);
        TSteps.Before(Step.MoveHead);
        Volatile.Write(ref _busy, BusyConsumerOf(next));
        TSteps.Before(Step.MoveHead);
        Volatile.Write(ref _head, next);
        return true;
    }

    private BusyConsumer<TSteps>? BusyConsumerOf(QueueSegment<TSteps> segment) =>
        segment.Slots is { } slots && slots.Length >= TSteps.BusyLength
            ? new BusyConsumer<TSteps>(slots) { CollectionsAtUse = _busy?.CollectionsAtUse ?? 0 }
            : null;

    private QueueSegment<TSteps> Start()
    {
        TSteps.Before(Step.LinkSegment);
        var created = new QueueSegment<TSteps>(length: 1);
        var first = Interlocked.CompareExchange(ref _head, created, null) ?? created;
        TSteps.Before(Step.MoveTail);
        return Interlocked.CompareExchange(ref _tail, first, null) ?? first;
    }

    private QueueSegment<TSteps> Grow(QueueSegment<TSteps> full, int length)
    {
        var next = Volatile.Read(ref full.Next);
        if (next is null)
        {
            TSteps.Before(Step.LinkSegment);
            var created = new QueueSegment<TSteps>(length);
            next = Interlocked.CompareExchange(ref full.Next, created, null) ?? created;
        }
        TSteps.Before(Step.MoveTail);
        Interlocked.CompareExchange(ref _tail, next, full);
        return next;
    }
}
