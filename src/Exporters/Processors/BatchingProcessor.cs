using Sluice.Exporters.Processing;

namespace Sluice.Exporters.Processors;

/// <summary>Gathers items into lists, by count and by age. At shutdown the last, smaller list is passed on.</summary>
/// <typeparam name="T">The items.</typeparam>
public sealed class BatchingProcessor<T> : IProcessor<T, IReadOnlyList<T>>, IHoldingProcessor
{
    private readonly BatchingSettings _settings;
    private readonly Counts _counts;

    // The pipeline's worker only.
    private readonly Queue<T> _waiting = new();
    private ITimer? _timer;

    /// <exception cref="ArgumentOutOfRangeException">A size or the interval is not above zero.</exception>
    public BatchingProcessor(BatchingSettings settings)
        : this(settings, new Counts())
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MaxQueue, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(settings.FlushInterval, TimeSpan.Zero);
    }

    private BatchingProcessor(BatchingSettings settings, Counts counts)
    {
        _settings = settings;
        _counts = counts;
    }

    /// <summary>What this processor has done, its isolated instances included.</summary>
    public BatchStatistics Statistics => _counts.Snapshot();

    /// <inheritdoc/>
    public IHoldingProcessor CreateIsolatedInstance() => new BatchingProcessor<T>(_settings, _counts);

    /// <inheritdoc/>
    public void Start(ContextState context, Action flushWanted, TimeProvider time) =>
        _timer = time.CreateTimer(static wanted => ((Action)wanted!)(), flushWanted, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<T>?> ProcessAsync(T item, ContextState context, CancellationToken cancellationToken)
    {
        var full = _waiting.Count >= _settings.MaxQueue ? MakeRoom() : null;
        _waiting.Enqueue(item);
        if (_waiting.Count == 1)
        {
            _timer?.Change(_settings.FlushInterval, Timeout.InfiniteTimeSpan);
        }

        return ValueTask.FromResult<IReadOnlyList<T>?>(full ?? (_waiting.Count >= _settings.Size ? TakeAll() : null));
    }

    /// <inheritdoc/>
    public async ValueTask FlushAsync(Func<object, ValueTask> passOn)
    {
        if (_waiting.Count > 0)
        {
            await passOn(TakeAll()).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask ShutdownAsync(Func<object, ValueTask> passOn)
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }

        await FlushAsync(passOn).ConfigureAwait(false);
    }

    private T[]? MakeRoom()
    {
        _counts.Overflow();
        if (_settings.Overflow is BatchOverflow.FlushNow)
        {
            return TakeAll();
        }

        _waiting.Dequeue();
        _counts.Drop();
        return null;
    }

    private T[] TakeAll()
    {
        var batch = _waiting.ToArray();
        _waiting.Clear();
        _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _counts.Batch(batch.Length);
        return batch;
    }

    private sealed class Counts
    {
        private long _batches;
        private long _items;
        private long _dropped;
        private long _overflows;

        public void Batch(int items)
        {
            Interlocked.Increment(ref _batches);
            Interlocked.Add(ref _items, items);
        }

        public void Drop() => Interlocked.Increment(ref _dropped);

        public void Overflow() => Interlocked.Increment(ref _overflows);

        public BatchStatistics Snapshot() =>
            new(Interlocked.Read(ref _batches), Interlocked.Read(ref _items), Interlocked.Read(ref _dropped), Interlocked.Read(ref _overflows));
    }
}
