using System.Collections.Concurrent;

namespace Sluice.Exporters.Processing;

/// <summary>
/// One run of a pipeline: a queue of items and one worker at a time, which exists only while there is something to do. Items keep their order,
/// and processors are never called twice at once.
/// </summary>
internal sealed class PipelineRun
{
    private readonly IPipelineOwner _owner;
    private readonly IProcessor[] _stages;
    private readonly int _maxQueue;
    private readonly ConcurrentQueue<Work> _queue = new();
    private int _queued;
    private int _working;
    private bool _shutDown;

    public PipelineRun(IPipelineOwner owner, Pipeline pipeline, ContextState context, TimeProvider time, int maxQueue)
    {
        _owner = owner;
        _maxQueue = maxQueue;
        Context = context;
        _stages = [.. pipeline.Stages.Select(stage => stage.Processor is IHoldingProcessor holding ? holding.CreateIsolatedInstance() : stage.Processor)];
        for (var i = 0; i < _stages.Length; i++)
        {
            var stage = i;
            (_stages[i] as IHoldingProcessor)?.Start(context, () => Post(new Work(Kind.Flush, null, stage)), time);
        }
    }

    private enum Kind
    {
        Item,
        Flush,
        Shutdown,
    }

    public ContextState Context { get; }

    /// <summary>Takes an item; false when the queue is full.</summary>
    public bool TryPost(object? item)
    {
        if (Interlocked.Increment(ref _queued) > _maxQueue)
        {
            Interlocked.Decrement(ref _queued);
            return false;
        }

        Post(new Work(Kind.Item, item, 0));
        return true;
    }

    /// <summary>Has everything that stages hold passed on, once all items before it are through.</summary>
    public void ShutDown() => Post(new Work(Kind.Shutdown, null, 0));

    private void Post(Work work)
    {
        _queue.Enqueue(work);
        if (Interlocked.Exchange(ref _working, 1) == 0)
        {
            _owner.Work(DrainAsync);
        }
    }

    private async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        do
        {
            while (_queue.TryDequeue(out var work))
            {
                if (work.Kind is Kind.Item)
                {
                    Interlocked.Decrement(ref _queued);
                }

                await GuardAsync(() => DoAsync(work, cancellationToken), "exporting").ConfigureAwait(false);
            }

            Volatile.Write(ref _working, 0);
        }
        while (!_queue.IsEmpty && Interlocked.Exchange(ref _working, 1) == 0);
    }

    private async ValueTask DoAsync(Work work, CancellationToken cancellationToken)
    {
        if (_shutDown || cancellationToken.IsCancellationRequested)
        {
            _owner.Dropped(work.Kind is Kind.Item ? 1 : 0);
            return;
        }

        switch (work.Kind)
        {
            case Kind.Item:
                await PassAsync(work.Item, 0, cancellationToken).ConfigureAwait(false);
                break;
            case Kind.Flush when _stages[work.Stage] is IHoldingProcessor holding:
                await GuardAsync(() => holding.FlushAsync(item => PassAsync(item, work.Stage + 1, cancellationToken)), Holding(holding)).ConfigureAwait(false);
                break;
            case Kind.Shutdown:
                await ShutDownAsync(cancellationToken).ConfigureAwait(false);
                break;
            default:
                break;
        }
    }

    private async ValueTask ShutDownAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _stages.Length; i++)
        {
            var next = i + 1;
            if (_stages[i] is IHoldingProcessor holding)
            {
                await GuardAsync(() => holding.ShutdownAsync(item => PassAsync(item, next, cancellationToken)), Holding(holding)).ConfigureAwait(false);
            }
        }

        _shutDown = true;
    }

    private static string Holding(IHoldingProcessor stage) => $"passing on what {stage.GetType().Name} held";

    // A fault must not end the worker: nobody would take up the queue again.
    private async ValueTask GuardAsync(Func<ValueTask> step, string doing)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            _owner.Failed(fault, doing);
        }
    }

    private async ValueTask PassAsync(object? item, int from, CancellationToken cancellationToken)
    {
        for (var i = from; i < _stages.Length; i++)
        {
            try
            {
                item = await _stages[i].ProcessAsync(item, Context, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                _owner.Failed(fault, $"processing with {_stages[i].GetType().Name}");
                if (_stages[i].DropOnFault || !Accepts(i + 1, item))
                {
                    _owner.Dropped(1);
                    return;
                }
            }

            if (item is null && _owner.DropNulls)
            {
                return;
            }
        }

        await _owner.ExportAsync(item, cancellationToken).ConfigureAwait(false);
    }

    private bool Accepts(int stage, object? item) =>
        stage == _stages.Length ? _owner.CanExport(item)
        : item is null ? !_stages[stage].InputType.IsValueType
        : _stages[stage].InputType.IsInstanceOfType(item);

    private readonly record struct Work(Kind Kind, object? Item, int Stage);
}
