using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Sluice.Actors.Instruments;

/// <summary>
/// A bounded buffer of events: many add, one takes. Made for being full, which it is whenever somebody watches more than can be told: to find
/// no room costs one look and one count, in a cache line that few others write.
/// </summary>
/// <param name="limit">How many events there is room for.</param>
internal sealed class EventBuffer(int limit)
{
    private const int Stripes = 16;

    private readonly ConcurrentQueue<TappedEvent> _events = new();
    private readonly Padded[] _dropped = new Padded[Stripes];
    private long _kept;
    private int _used;

    /// <summary>Whether there is no room.</summary>
    public bool IsFull => Volatile.Read(ref _used) >= limit;

    /// <summary>How many events found no room.</summary>
    public long Dropped
    {
        get
        {
            var sum = 0L;
            foreach (ref var stripe in _dropped.AsSpan())
            {
                sum += Interlocked.Read(ref stripe.Value);
            }

            return sum;
        }
    }

    /// <summary>Takes room for one event, or counts it as dropped.</summary>
    public bool TryReserve()
    {
        if (!IsFull)
        {
            if (Interlocked.Increment(ref _used) <= limit)
            {
                return true;
            }

            Interlocked.Decrement(ref _used);
        }

        Interlocked.Increment(ref _dropped[Environment.CurrentManagedThreadId % Stripes].Value);
        return false;
    }

    /// <summary>Adds an event for which room was taken, and numbers it: the dropped ones before it are counted.</summary>
    public void Add(in TappedEvent seen)
    {
        var number = Interlocked.Increment(ref _kept) + Dropped;
        _events.Enqueue(seen with { Number = number });
    }

    /// <summary>Takes the oldest event; its room stays taken until <see cref="Release"/>.</summary>
    public bool TryTake(out TappedEvent seen) => _events.TryDequeue(out seen);

    /// <summary>Gives the room of taken events back, of many at once.</summary>
    public void Release(int taken) => Interlocked.Add(ref _used, -taken);

    // A cache line of its own, so that threads that drop at the same time do not wait for each other.
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    private struct Padded
    {
        [FieldOffset(64)]
        public long Value;
    }
}
