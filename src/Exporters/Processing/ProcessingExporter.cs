using System.Collections;
using Microsoft.Extensions.Logging;
using Sluice.Exporters.Events;
using Sluice.Exporters.Isolation;

namespace Sluice.Exporters.Processing;

/// <summary>
/// An exporter whose items pass through a pipeline of processors before they are exported, in order and in the background.
/// The pipeline is set up before the start and locked from then on; copies share it until one of them changes its own.
/// </summary>
/// <typeparam name="TIn">What enters the pipeline. Where it is <see cref="ExporterEvent"/>, events enter by themselves.</typeparam>
/// <typeparam name="TOut">What is exported.</typeparam>
public abstract class ProcessingExporter<TIn, TOut> : BaseExporter
{
    /// <summary>How many items may wait for the pipeline when nothing else is said.</summary>
    public const int DefaultMaxQueue = 100_000;

    private static readonly IsolatedAttribute<PipelineRun?> Run = new(static () => null);
    private static readonly IsolatedAttribute<bool> Locked = new(static () => false);

    private readonly bool _dropNulls;
    private readonly int _maxQueue;
    private Pipeline _pipeline = Pipeline.Empty;

    /// <inheritdoc cref="BaseExporter(ContextState?, string?, ILoggerFactory?, TimeProvider?)"/>
    /// <param name="context">As in the base class.</param>
    /// <param name="name">As in the base class.</param>
    /// <param name="loggers">As in the base class.</param>
    /// <param name="time">As in the base class; also the clock of batches.</param>
    /// <param name="dropNulls">Whether an item ends where a processor returns null; otherwise null is passed on and exported.</param>
    /// <param name="maxQueue">How many items may wait for the pipeline; those that find it full are dropped, counted and logged.</param>
    protected ProcessingExporter(
        ContextState? context = null,
        string? name = null,
        ILoggerFactory? loggers = null,
        TimeProvider? time = null,
        bool dropNulls = true,
        int maxQueue = DefaultMaxQueue)
        : base(context, name, loggers, time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxQueue, 1);
        _dropNulls = dropNulls;
        _maxQueue = maxQueue;
    }

    /// <summary>Adds a processor: at the end, or where one of position, before and after says.</summary>
    /// <exception cref="PipelineException">The pipeline is locked, the name is taken, the place is unknown or said twice, or a neighbour's type does not fit.</exception>
    public void AddProcessor(IProcessor processor, string? name = null, int? position = null, string? before = null, string? after = null) =>
        Change(pipeline => pipeline.Add(new Stage(name, processor), position, before, after));

    /// <summary>Removes the processor of a name.</summary>
    /// <exception cref="PipelineException">The pipeline is locked, or there is none.</exception>
    public void RemoveProcessor(string name) => Change(pipeline => pipeline.Remove(name));

    /// <summary>Removes the processor at an index, counted from 0.</summary>
    /// <exception cref="PipelineException">The pipeline is locked, or there is none.</exception>
    public void RemoveProcessor(int index) => Change(pipeline => pipeline.Remove(index));

    /// <summary>Removes a processor.</summary>
    /// <exception cref="PipelineException">The pipeline is locked, or it is not in it.</exception>
    public void RemoveProcessor(IProcessor processor) => Change(pipeline => pipeline.Remove(processor));

    /// <summary>Removes all processors.</summary>
    /// <exception cref="PipelineException">The pipeline is locked.</exception>
    public void ClearProcessors() => Change(static _ => Pipeline.Empty);

    /// <summary>The processor of a name.</summary>
    /// <exception cref="PipelineException">There is none.</exception>
    public IProcessor GetProcessor(string name) => _pipeline.Get(name);

    /// <summary>Unlocks the pipeline of a stopped exporter; its processors stay.</summary>
    /// <exception cref="PipelineException">The exporter is running.</exception>
    public void ResetPipeline()
    {
        if (IsRunning)
        {
            throw new PipelineException($"The pipeline of '{Name}' cannot be reset while it is running; stop the exporter first.");
        }

        Locked[this] = false;
    }

    /// <inheritdoc/>
    public override void Export(ExporterEvent happened)
    {
        if (happened is TIn item)
        {
            Submit(item);
        }
    }

    /// <summary>Sends an item on its way through the pipeline; returns at once. Only while started.</summary>
    protected void Submit(TIn item)
    {
        if (Run[this] is not { } run)
        {
            Tally.Dropped(1);
        }
        else if (!run.TryPost(item))
        {
            Tally.Dropped(1);
            ReportFault(new InvalidOperationException($"More than {_maxQueue} items wait; newer ones are dropped until there is room."), "taking an item");
        }
    }

    /// <summary>Exports one item.</summary>
    protected abstract ValueTask ExportProcessedAsync(TOut item, CancellationToken cancellationToken);

    /// <summary>Exports the items of a batch; one after the other unless overridden.</summary>
    protected virtual async ValueTask ExportProcessedAsync(IReadOnlyList<TOut> batch, CancellationToken cancellationToken)
    {
        foreach (var item in batch)
        {
            await ExportProcessedAsync(item, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The export of these items failed; who has a journal writes them down here. Otherwise they count as dropped.</summary>
    protected virtual ValueTask OnExportFailedAsync(IReadOnlyList<TOut> items, Exception fault, CancellationToken cancellationToken)
    {
        Tally.Dropped(items.Count);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    /// <exception cref="PipelineException">A stage does not fit its neighbour or the pipeline's end.</exception>
    protected override void CheckSetup() => _pipeline.CheckEnds(typeof(TIn), typeof(TOut));

    /// <inheritdoc/>
    protected override ValueTask OnPreStartAsync(CancellationToken cancellationToken)
    {
        Locked[this] = true;
        Run[this] = new PipelineRun(new Owner(this), _pipeline, Context, Time, _maxQueue);
        return ValueTask.CompletedTask;
    }

    /// <summary>Has the stages pass on what they hold, in the background.</summary>
    protected override ValueTask OnCleanupAsync()
    {
        Run[this]?.ShutDown();
        return ValueTask.CompletedTask;
    }

    private void Change(Func<Pipeline, Pipeline> change)
    {
        if (Locked[this])
        {
            throw new PipelineException($"The pipeline of '{Name}' is locked since its start; stop the exporter and call ResetPipeline before changing it.");
        }

        _pipeline = change(_pipeline);
    }

    private ValueTask ExportAsync(object? item, CancellationToken cancellationToken) => item switch
    {
        IReadOnlyList<TOut> { Count: 0 } or ICollection { Count: 0 } => ValueTask.CompletedTask,
        IReadOnlyList<TOut> batch => GuardAsync(batch, () => ExportProcessedAsync(batch, cancellationToken), cancellationToken),
        _ => GuardAsync([(TOut)item!], () => ExportProcessedAsync((TOut)item!, cancellationToken), cancellationToken),
    };

    private async ValueTask GuardAsync(IReadOnlyList<TOut> items, Func<ValueTask> export, CancellationToken cancellationToken)
    {
        try
        {
            await export().ConfigureAwait(false);
            Tally.Exported(items.Count);
        }
        catch (Exception fault)
        {
            if (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                ReportFault(fault, "exporting");
            }

            await OnExportFailedAsync(items, fault, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed class Owner(ProcessingExporter<TIn, TOut> exporter) : IPipelineOwner
    {
        public bool DropNulls => exporter._dropNulls;

        public void Work(Func<CancellationToken, ValueTask> worker) => exporter.Track(worker);

        public bool CanExport(object? item) => item is TOut or IReadOnlyList<TOut> || (item is null && default(TOut) is null);

        public ValueTask ExportAsync(object? item, CancellationToken cancellationToken) => exporter.ExportAsync(item, cancellationToken);

        public void Failed(Exception fault, string doing) => exporter.ReportFault(fault, doing);

        public void Dropped(int items) => exporter.Tally.Dropped(items);
    }
}
