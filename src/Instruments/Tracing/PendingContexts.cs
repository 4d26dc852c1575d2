using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Instruments.Tracing;

/// <summary>Remembers in which span a message was put into a queue, until it is taken out.</summary>
// A message is known by its reference, per queue: nothing has to ride in the envelope. One object that is in the same queue
// several times is taken in the order it was put. What is never taken (an item left in a queue) counts against the limit.
internal sealed class PendingContexts(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(IInstrumented Queue, object Item), Pending> _pending = new(ByReference.Instance);

    private int _count;

    /// <summary>How many could not be remembered: their spans have no link.</summary>
    public long Dropped { get; private set; }

    public void Put(IInstrumented queue, object item, SentFrom sender)
    {
        lock (_gate)
        {
            if (_pending.Count >= limit)
            {
                Dropped++;
                return;
            }

            ref var pending = ref CollectionsMarshal.GetValueRefOrAddDefault(_pending, (queue, item), out var isThere);
            if (isThere)
            {
                (pending.Later ??= []).Enqueue(sender);
            }
            else
            {
                pending.First = sender;
                Volatile.Write(ref _count, _pending.Count);
            }
        }
    }

    public bool TryTake(IInstrumented queue, object item, out SentFrom sender)
    {
        // Nothing was sent in a span: who asks would have been after a put, so that it sees the count.
        if (Volatile.Read(ref _count) == 0)
        {
            sender = default;
            return false;
        }

        lock (_gate)
        {
            ref var pending = ref CollectionsMarshal.GetValueRefOrNullRef(_pending, (queue, item));
            if (Unsafe.IsNullRef(ref pending))
            {
                sender = default;
                return false;
            }

            sender = pending.First;
            if (pending.Later is { Count: > 0 } later)
            {
                pending.First = later.Dequeue();
            }
            else
            {
                _pending.Remove((queue, item));
                Volatile.Write(ref _count, _pending.Count);
            }

            return true;
        }
    }

    private struct Pending
    {
        public SentFrom First;
        public Queue<SentFrom>? Later;
    }

    private sealed class ByReference : IEqualityComparer<(IInstrumented Queue, object Item)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((IInstrumented Queue, object Item) x, (IInstrumented Queue, object Item) y) =>
            ReferenceEquals(x.Queue, y.Queue) && ReferenceEquals(x.Item, y.Item);

        public int GetHashCode((IInstrumented Queue, object Item) obj) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(obj.Queue), RuntimeHelpers.GetHashCode(obj.Item));
    }
}
