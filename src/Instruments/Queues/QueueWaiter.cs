using System.Threading.Tasks.Sources;

namespace Sluice.Instruments.Queues;

/// <summary>One waiting put, get or peek. Kept for the next wait once its result was taken, so waiting allocates nothing.</summary>
// Its life: rented → linked in one of its queue's lists → unlinked, under the queue's lock, by whoever decides its fate
// (a counterpart, Close, or its cancellation: exactly one of them) → completed outside the lock → result taken → pooled.
// Taking the result ends the cancellation's registration first, and that waits for a callback under way: a pooled waiter is never touched.
internal sealed class QueueWaiter<T> : IValueTaskSource<T>, IValueTaskSource
{
    private const int KeptPerThread = 16;

    [ThreadStatic]
    private static Stack<QueueWaiter<T>>? t_pool;

    private ManualResetValueTaskSourceCore<T> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private AsyncQueue<T> _queue = null!;

    public QueueWaiter<T>? Next { get; set; }

    public QueueWaiter<T>? Previous { get; set; }

    /// <summary>False once its fate is decided. Under the queue's lock.</summary>
    public bool IsWaiting { get; set; }

    public WaitKind Kind { get; private set; }

    /// <summary>The item that a put waits with.</summary>
    public T Item { get; private set; } = default!;

    /// <summary>Whether the queue took the item of a put (a set-queue does not take what it holds already).</summary>
    public bool IsAccepted { get; set; }

    public static QueueWaiter<T> Rent(AsyncQueue<T> queue, WaitKind kind, T item)
    {
        var waiter = t_pool is { Count: > 0 } pool ? pool.Pop() : new QueueWaiter<T>();
        waiter._queue = queue;
        waiter.Kind = kind;
        waiter.Item = item;
        return waiter;
    }

    public ValueTask<T> WaitAsync(CancellationToken cancellationToken)
    {
        Register(cancellationToken);
        return new ValueTask<T>(this, _core.Version);
    }

    public ValueTask WaitForSpaceAsync(CancellationToken cancellationToken)
    {
        Register(cancellationToken);
        return new ValueTask(this, _core.Version);
    }

    public void Complete(T result) => _core.SetResult(result);

    public void Fail(Exception fault) => _core.SetException(fault);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    public T GetResult(short token)
    {
        // Awaiting twice must not take the result of whoever has the waiter now, nor asking too early give it away.
        if (_core.GetStatus(token) is ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The queue has not answered yet: await the operation instead of asking for its result.");
        }

        _cancellation.Dispose();
        try
        {
            var result = _core.GetResult(token);
            if (Kind is WaitKind.Get)
            {
                _queue.HasGot(in result, immediate: false, waited: TimeSpan.Zero);
            }

            return result;
        }
        finally
        {
            Return();
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    private void Register(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (waiter, token) => ((QueueWaiter<T>)waiter!).Cancel(token), this);
        }
    }

    private void Cancel(CancellationToken cancellationToken)
    {
        if (_queue.TryGiveUp(this))
        {
            Fail(new OperationCanceledException(cancellationToken));
        }
    }

    private void Return()
    {
        _core.Reset();
        _cancellation = default;
        _queue = null!;
        Item = default!;
        IsAccepted = false;
        var pool = t_pool ??= new Stack<QueueWaiter<T>>();
        if (pool.Count < KeptPerThread)
        {
            pool.Push(this);
        }
    }

    /// <summary>Completes everybody in a chain with the same item.</summary>
    public static void CompleteAll(QueueWaiter<T>? chain, T item)
    {
        while (chain is not null)
        {
            chain = CompleteOne(chain, item);
        }
    }

    /// <summary>Completes the first of a chain and gives the rest. Who is completed may be pooled and waiting elsewhere at once: the chain is read before.</summary>
    public static QueueWaiter<T>? CompleteOne(QueueWaiter<T> waiter, T item)
    {
        var next = waiter.Next;
        waiter.Next = null;
        waiter.Complete(item);
        return next;
    }

    /// <summary>Fails everybody in a chain: the queue is closed.</summary>
    public static void FailAll(QueueWaiter<T>? chain, string queue, string operation)
    {
        while (chain is not null)
        {
            var next = chain.Next;
            chain.Next = null;
            chain.Fail(new QueueClosedException(queue, operation));
            chain = next;
        }
    }
}
