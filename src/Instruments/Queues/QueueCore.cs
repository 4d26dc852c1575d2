namespace Sluice.Instruments.Queues;

/// <summary>The state of a queue and every decision on it. Always under its queue's lock; completes nobody itself.</summary>
// Getters and peekers wait only while there is no item, putters only while there is no space.
internal sealed class QueueCore<T>(int capacity, HashSet<T>? held)
{
    private readonly Queue<(T Item, long Stamp)> _items = new();
    private readonly WaiterList<T> _getters = new();
    private readonly WaiterList<T> _peekers = new();
    private readonly WaiterList<T> _putters = new();

    public int Count => _items.Count;

    public bool IsClosed { get; private set; }

    /// <summary>False if the put has to wait for space.</summary>
    public bool TryPut(T item, long stamp, out PutDone<T> done)
    {
        if (_getters.Take() is { } getter)
        {
            done = new(IsAccepted: true, getter, _peekers.TakeAll());
            return true;
        }

        if (held is not null && held.Contains(item))
        {
            done = default;
            return true;
        }

        if (_items.Count >= capacity)
        {
            done = default;
            return false;
        }

        Enqueue(item, stamp);
        done = new(IsAccepted: true, Getter: null, _peekers.TakeAll());
        return true;
    }

    public bool TryGet(long stamp, out GetDone<T> done)
    {
        if (!_items.TryDequeue(out var entry))
        {
            done = default;
            return false;
        }

        held?.Remove(entry.Item);
        done = new(entry.Item, entry.Stamp, AdmitPutters(stamp));
        return true;
    }

    public bool TryPeek(out T item)
    {
        var isThere = _items.TryPeek(out var entry);
        item = entry.Item;
        return isThere;
    }

    /// <summary>Lists a waiter, and gives it back.</summary>
    public QueueWaiter<T> Wait(QueueWaiter<T> waiter)
    {
        ListOf(waiter.Kind).Add(waiter);
        return waiter;
    }

    /// <summary>True if the waiter was still waiting: its fate is now the caller's to decide.</summary>
    public bool TryGiveUp(QueueWaiter<T> waiter)
    {
        if (!waiter.IsWaiting)
        {
            return false;
        }

        ListOf(waiter.Kind).Remove(waiter);
        return true;
    }

    /// <summary>Closes; returns those who wait in vain, in three chains.</summary>
    public (QueueWaiter<T>? Putters, QueueWaiter<T>? Getters, QueueWaiter<T>? Peekers) Close()
    {
        IsClosed = true;
        return (_putters.TakeAll(), _getters.TakeAll(), _peekers.TakeAll());
    }

    // More than one can be admitted: a set-queue finishes a put of what it holds without using space.
    private QueueWaiter<T>? AdmitPutters(long stamp)
    {
        QueueWaiter<T>? first = null;
        QueueWaiter<T>? last = null;
        while (_items.Count < capacity && _putters.Take() is { } putter)
        {
            putter.IsAccepted = held is null || !held.Contains(putter.Item);
            if (putter.IsAccepted)
            {
                Enqueue(putter.Item, stamp);
            }

            if (last is null)
            {
                first = putter;
            }
            else
            {
                last.Next = putter;
            }

            last = putter;
        }

        return first;
    }

    private void Enqueue(T item, long stamp)
    {
        _items.Enqueue((item, stamp));
        held?.Add(item);
    }

    private WaiterList<T> ListOf(WaitKind kind) => kind switch
    {
        WaitKind.Put => _putters,
        WaitKind.Get => _getters,
        _ => _peekers,
    };
}
