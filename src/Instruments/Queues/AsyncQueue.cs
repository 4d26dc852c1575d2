using System.Runtime.CompilerServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Queues;

/// <summary>
/// A first-in-first-out queue between any number of producers and consumers: bounded if wanted, closable, watched by
/// instruments. A closed queue takes nothing more and gives what it still holds.
/// </summary>
/// <remarks>
/// Waiting puts, gets and peeks are served in the order they came. An operation that does not wait completes
/// synchronously; one that waits uses a pooled waiter: neither allocates. Await what is returned once.
/// The hooks of callers on different threads may arrive in either order; those of one caller arrive in its order.
/// </remarks>
/// <typeparam name="T">What the queue holds.</typeparam>
public class AsyncQueue<T> : IAsyncEnumerable<T>, IInstrumented
{
    private readonly Lock _gate = new();
    private readonly QueueCore<T> _core;
    private readonly string? _name;

    /// <summary>An empty queue, watched by the instruments that are active here.</summary>
    /// <param name="capacity">The most items it holds, at least 1; without a limit if left out.</param>
    /// <param name="name">What instruments call it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public AsyncQueue(int capacity = int.MaxValue, string? name = null)
        : this(capacity, name, held: null)
    {
    }

    private protected AsyncQueue(int capacity, string? name, HashSet<T>? held)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _core = new QueueCore<T>(capacity, held);
        _name = name;
    }

    /// <summary>Who watches the queue: those active where it was made, unless said otherwise. Null for nobody.</summary>
    public CompositeInstrument? Watchers { get; init; } = InstrumentScope.Active;

    /// <summary>The clock that measures how long items lie in the queue.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <inheritdoc/>
    public string Name => _name ?? "queue";

    /// <inheritdoc/>
    public string Kind => "queue";

    /// <summary>How many items the queue holds now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _core.Count;
            }
        }
    }

    /// <summary>Whether the queue takes no more items. It may still hold some.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_gate)
            {
                return _core.IsClosed;
            }
        }
    }

    /// <summary>Puts an item, waiting for space.</summary>
    /// <exception cref="QueueClosedException">The queue is closed, or was while waiting: the item is not in it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting: the item is not in the queue.</exception>
    public ValueTask PutAsync(T item, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        QueueWaiter<T>? waiter = null;
        PutDone<T> done;
        var stamp = Stamp();
        lock (_gate)
        {
            if (_core.IsClosed)
            {
                return ValueTask.FromException(new QueueClosedException(Name, "put"));
            }

            if (!_core.TryPut(item, stamp, out done))
            {
                waiter = Wait_NeedsLock(WaitKind.Put, item);
            }
        }

        if (waiter is not null)
        {
            return waiter.WaitForSpaceAsync(cancellationToken);
        }

        Finish(in done, in item);
        return ValueTask.CompletedTask;
    }

    /// <summary>Puts an item if there is space; false if there is none or the queue is closed.</summary>
    public bool TryPut(T item)
    {
        PutDone<T> done;
        var stamp = Stamp();
        lock (_gate)
        {
            if (_core.IsClosed || !_core.TryPut(item, stamp, out done))
            {
                return false;
            }
        }

        Finish(in done, in item);
        return true;
    }

    /// <summary>Takes the oldest item, waiting for one.</summary>
    /// <exception cref="QueueClosedException">The queue is closed and empty, or became so while waiting.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting: no item was taken.</exception>
    public ValueTask<T> GetAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        QueueWaiter<T>? waiter = null;
        GetDone<T> done;
        var stamp = Stamp();
        lock (_gate)
        {
            if (!_core.TryGet(stamp, out done))
            {
                if (_core.IsClosed)
                {
                    return ValueTask.FromException<T>(new QueueClosedException(Name, "taken"));
                }

                waiter = Wait_NeedsLock(WaitKind.Get);
            }
        }

        return waiter?.WaitAsync(cancellationToken) ?? new ValueTask<T>(Finish(in done, stamp));
    }

    /// <summary>Takes the oldest item if there is one.</summary>
    public bool TryGet(out T item)
    {
        GetDone<T> done;
        var stamp = Stamp();
        lock (_gate)
        {
            if (!_core.TryGet(stamp, out done))
            {
                item = default!;
                return false;
            }
        }

        item = Finish(in done, stamp);
        return true;
    }

    /// <summary>Shows the oldest item and leaves it in the queue, waiting for one; somebody else may take it meanwhile.</summary>
    /// <exception cref="QueueClosedException">The queue is closed and empty, or became so while waiting.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting.</exception>
    public ValueTask<T> PeekAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<T>(cancellationToken);
        }

        QueueWaiter<T> waiter;
        lock (_gate)
        {
            if (_core.TryPeek(out var item))
            {
                return new ValueTask<T>(item);
            }

            if (_core.IsClosed)
            {
                return ValueTask.FromException<T>(new QueueClosedException(Name, "seen"));
            }

            waiter = Wait_NeedsLock(WaitKind.Peek);
        }

        return waiter.WaitAsync(cancellationToken);
    }

    /// <summary>Shows the oldest item, if there is one, and leaves it in the queue.</summary>
    public bool TryPeek(out T item)
    {
        lock (_gate)
        {
            return _core.TryPeek(out item);
        }
    }

    /// <summary>Takes no more items. Waiting puts fail; gets go on until the queue is empty. Closing twice is harmless.</summary>
    public void Close()
    {
        (QueueWaiter<T>? Putters, QueueWaiter<T>? Getters, QueueWaiter<T>? Peekers) vain;
        lock (_gate)
        {
            vain = _core.Close();
        }

        QueueWaiter<T>.FailAll(vain.Putters, Name, "put");
        QueueWaiter<T>.FailAll(vain.Getters, Name, "taken");
        QueueWaiter<T>.FailAll(vain.Peekers, Name, "seen");
    }

    /// <summary>Takes items as long as there are any; does not wait for more.</summary>
    public IEnumerable<T> UntilEmpty()
    {
        while (TryGet(out var item))
        {
            yield return item;
        }
    }

    /// <summary>Takes items until the queue is closed and empty. Several may enumerate at once and share the items.</summary>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            T item;
            try
            {
                item = await GetAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (QueueClosedException)
            {
                yield break;
            }

            yield return item;
        }
    }

    internal bool TryGiveUp(QueueWaiter<T> waiter)
    {
        lock (_gate)
        {
            return _core.TryGiveUp(waiter);
        }
    }

    internal void HasGot(in T item, bool immediate, TimeSpan waited) =>
        Watchers?.OnQueueGet(new QueueEvent(this, ItemView.Of(in item), immediate, waited));

    private void HasPut(in T item, bool immediate) =>
        Watchers?.OnQueuePut(new QueueEvent(this, ItemView.Of(in item), immediate));

    private QueueWaiter<T> Wait_NeedsLock(WaitKind kind, T item = default!) => _core.Wait(QueueWaiter<T>.Rent(this, kind, item));

    private void Finish(in PutDone<T> done, in T item)
    {
        if (done.IsAccepted)
        {
            HasPut(in item, immediate: true);
        }

        QueueWaiter<T>.CompleteAll(done.Peekers, item);
        done.Getter?.Complete(item);
    }

    private T Finish(in GetDone<T> done, long stamp)
    {
        var item = done.Item;
        HasGot(in item, immediate: true, stamp == 0 || done.Stamp == 0 ? TimeSpan.Zero : Clock.GetElapsedTime(done.Stamp, stamp));
        for (var putter = done.Putters; putter is not null; putter = QueueWaiter<T>.CompleteOne(putter, default!))
        {
            if (putter.IsAccepted)
            {
                HasPut(putter.Item, immediate: false);
            }
        }

        return item;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Stamp() => Watchers is { NeedsTiming: true } ? Clock.GetTimestamp() : 0;
}
