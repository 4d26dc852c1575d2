using System.Diagnostics.CodeAnalysis;
using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>
/// A queue of many producers and one consumer that allocates nothing while its backlog fits the largest ring it has had. It takes no
/// memory for messages before the first one.
/// </summary>
internal sealed class UnboundedQueue<TSteps>(int firstLength = 4, int largestLength = 65_536) : MessageQueue
    where TSteps : struct, ISteps
{
    private const int Growth = 4;

    // Producers.
    private QueueSegment<TSteps>? _tail;

    // The first producer sets it once; from then on it is the consumer's.
    private QueueSegment<TSteps>? _head;

    // Consumer only.
    private long _taken;

    public override int Count
    {
        get
        {
            var count = -Volatile.Read(ref _taken);
            for (var segment = Volatile.Read(ref _head); segment is not null; segment = Volatile.Read(ref segment.Next))
            {
                count += segment.Added;
            }
            return (int)Math.Clamp(count, 0, int.MaxValue);
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

    public override Envelope? Enqueue(object message, IActorRef? sender)
    {
        var segment = Volatile.Read(ref _tail) ?? Start();
        while (!segment.TryAdd(message, sender))
        {
            segment = Grow(segment);
        }
        return null;
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
        var taken = _taken + 1;
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
                spinner.SpinOnce(sleep1Threshold: -1);
            }
            else if (frozen && TryMoveOn(head, out var next))
            {
                head = next;
            }
            else
            {
                head.Free(_taken);
                envelope = default;
                return false;
            }
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
        Volatile.Write(ref _head, next);
        return true;
    }

    private QueueSegment<TSteps> Start()
    {
        TSteps.Before(Step.LinkSegment);
        var created = new QueueSegment<TSteps>(firstLength);
        var first = Interlocked.CompareExchange(ref _head, created, null) ?? created;
        TSteps.Before(Step.MoveTail);
        return Interlocked.CompareExchange(ref _tail, first, null) ?? first;
    }

    private QueueSegment<TSteps> Grow(QueueSegment<TSteps> full)
    {
        var next = Volatile.Read(ref full.Next);
        if (next is null)
        {
            TSteps.Before(Step.LinkSegment);
            var created = new QueueSegment<TSteps>(Math.Min(full.Length * Growth, largestLength));
            next = Interlocked.CompareExchange(ref full.Next, created, null) ?? created;
        }
        TSteps.Before(Step.MoveTail);
        Interlocked.CompareExchange(ref _tail, next, full);
        return next;
    }
}
