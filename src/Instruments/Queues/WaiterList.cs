namespace Sluice.Instruments.Queues;

/// <summary>Waiters in the order they came; each can leave from the middle. Under its queue's lock.</summary>
internal sealed class WaiterList<T>
{
    private QueueWaiter<T>? _first;
    private QueueWaiter<T>? _last;

    public bool IsEmpty => _first is null;

    public void Add(QueueWaiter<T> waiter)
    {
        waiter.IsWaiting = true;
        waiter.Previous = _last;
        if (_last is null)
        {
            _first = waiter;
        }
        else
        {
            _last.Next = waiter;
        }

        _last = waiter;
    }

    /// <summary>Takes the one that waits longest; null if none waits.</summary>
    public QueueWaiter<T>? Take()
    {
        var waiter = _first;
        if (waiter is not null)
        {
            Remove(waiter);
        }

        return waiter;
    }

    /// <summary>Takes all, chained by <see cref="QueueWaiter{T}.Next"/>.</summary>
    public QueueWaiter<T>? TakeAll()
    {
        var chain = _first;
        for (var waiter = chain; waiter is not null; waiter = waiter.Next)
        {
            waiter.IsWaiting = false;
            waiter.Previous = null;
        }

        _first = _last = null;
        return chain;
    }

    public void Remove(QueueWaiter<T> waiter)
    {
        if (waiter.Previous is null)
        {
            _first = waiter.Next;
        }
        else
        {
            waiter.Previous.Next = waiter.Next;
        }

        if (waiter.Next is null)
        {
            _last = waiter.Previous;
        }
        else
        {
            waiter.Next.Previous = waiter.Previous;
        }

        waiter.IsWaiting = false;
        waiter.Next = waiter.Previous = null;
    }
}
