using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Sluice.Exporters.Processing;

namespace Sluice.Exporters.Tests.Processing;

/// <summary>An exporter that keeps what is exported, and can be made to fail.</summary>
internal sealed class Collector<TIn, TOut>(
    ContextState? context = null, ILoggerFactory? loggers = null, TimeProvider? time = null, bool dropNulls = true, int maxQueue = 1000)
    : ProcessingExporter<TIn, TOut>(context, "collector", loggers, time, dropNulls, maxQueue)
{
    public ConcurrentQueue<TOut> Items { get; } = [];

    public ConcurrentQueue<IReadOnlyList<TOut>> Batches { get; } = [];

    public ConcurrentQueue<IReadOnlyList<TOut>> Failures { get; } = [];

    public Func<TOut, ValueTask>? OnItem { get; set; }

    public Func<IReadOnlyList<TOut>, ValueTask>? OnBatch { get; set; }

    public void Put(TIn item) => Submit(item);

    protected override async ValueTask ExportProcessedAsync(TOut item, CancellationToken cancellationToken)
    {
        if (OnItem is not null)
        {
            await OnItem(item);
        }

        Items.Enqueue(item);
    }

    protected override async ValueTask ExportProcessedAsync(IReadOnlyList<TOut> batch, CancellationToken cancellationToken)
    {
        if (OnBatch is not null)
        {
            await OnBatch(batch);
        }

        Batches.Enqueue(batch);
    }

    protected override ValueTask OnExportFailedAsync(IReadOnlyList<TOut> items, Exception fault, CancellationToken cancellationToken)
    {
        Failures.Enqueue(items);
        return base.OnExportFailedAsync(items, fault, cancellationToken);
    }
}
