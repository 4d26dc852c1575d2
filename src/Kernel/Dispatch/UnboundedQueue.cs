using System.Diagnostics.CodeAnalysis;
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

    // A ring above this is given up when it lived through so many full collections without being used to an eighth.
    private const int LengthWorthKeeping = 1024;
    private const int CollectionsBeforeShrinking = 16;

    // Producers.
    private QueueSegment<TSteps>? _tail;

    // The first producer sets it once; from then on it is the consumer's.
    private QueueSegment<TSteps>? _head;

    // Consumer only.
    private int _taken;
    private int _takenAtDrain;
    private int _collectionsAtUse;

    public override int Count
    {
        get
        {
            var count = 0;
            var taken = Volatile.Read(ref _taken);
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
            return head is not null && (head.Added != Volatile.Read(ref _taken) || Volatile.Read(ref head.Next) is not null);
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
        var head = _head;
        if (head is not null)
        {
            if (head.TryTake(_taken, out envelope))
            {
                Took(head);
                return true;
            }
            return TryDequeueBehind(head, out envelope);
        }
        envelope = default;
        return false;
    }

    private void Took(QueueSegment<TSteps> head)
    {
        var taken = (_taken + 1) & QueueSegment<TSteps>.Positions;
        Volatile.Write(ref _taken, taken);
        if ((taken & ((head.Length >> 2) - 1) & 31) == 0)
        {
            head.Free(taken);
        }
    }

    // The slot is empty: nothing is there, or it is reserved but not yet published, or the segment is used up.
    private bool TryDequeueBehind(QueueSegment<TSteps> head, out Envelope envelope)
    {
        var spinner = new SpinWait();
        while (true)
        {
            var frozen = head.IsFrozen;
            if (head.Added != _taken)
            {
                if (head.TryTake(_taken, out envelope))
                {
                    Took(head);
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
        head.Free(_taken);
        if (head.Length <= LengthWorthKeeping)
        {
            return;
        }
        var used = (_taken - _takenAtDrain) & QueueSegment<TSteps>.Positions;
        _takenAtDrain = _taken;
        var collections = GC.CollectionCount(2);
        if (used >= head.Length / 8)
        {
            _collectionsAtUse = collections;
        }
        else if (collections - _collectionsAtUse >= CollectionsBeforeShrinking)
        {
            _collectionsAtUse = collections;
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
        Volatile.Write(ref _taken, 0);
        _takenAtDrain = 0;
        Volatile.Write(ref _head, next);
        return true;
    }

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
