using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Exporters.Events;
using Sluice.Exporters.Isolation;
using Sluice.Exporters.Lifecycle;

namespace Sluice.Exporters;

/// <summary>
/// Observes the events of a run and hands each to background work. One exporter serves many runs through isolated copies, which share its
/// clients and options and nothing that changes (see <see cref="IsolatedAttribute{T}"/>).
/// A fault of an exporter stays with it: it is counted, logged once per cause, and never reaches the run, its stream or another exporter.
/// </summary>
public abstract partial class BaseExporter
{
    /// <summary>How long <see cref="WaitForTasksAsync"/> waits when nothing else is said.</summary>
    public static readonly TimeSpan DefaultWait = TimeSpan.FromSeconds(5);

    private static readonly Census<BaseExporter> Originals = new();
    private static readonly Census<BaseExporter> Copies = new();
    private static readonly IsolatedAttribute<ExporterLife> Life = new(static () => new ExporterLife());
    private static readonly IsolatedAttribute<ExporterTally> Counts = new(static () => new ExporterTally());

    private readonly string _name;
    private readonly ILogger _log;
    private readonly FaultLog _faults;

    private ContextState _context;
    private bool _isIsolated;

    /// <summary>Makes an original.</summary>
    /// <param name="context">What to observe when the original itself is started.</param>
    /// <param name="name">The name; the type's when null.</param>
    /// <param name="loggers">Where faults are logged.</param>
    /// <param name="time">The clock of waits.</param>
    protected BaseExporter(ContextState? context = null, string? name = null, ILoggerFactory? loggers = null, TimeProvider? time = null)
    {
        _context = context ?? ContextState.None;
        _name = name ?? GetType().Name;
        _log = (loggers ?? NullLoggerFactory.Instance).CreateLogger(GetType());
        _faults = new FaultLog(_log);
        Time = time ?? TimeProvider.System;
        Originals.Add(this);
    }

    /// <summary>Live exporters, copies included. None is kept alive by being counted.</summary>
    public static long ActiveInstanceCount => Originals.Count() + Copies.Count();

    /// <summary>Live isolated copies.</summary>
    public static long IsolatedInstanceCount => Copies.Count();

    /// <summary>The exporter's name; a copy's ends with <c> (isolated)</c>.</summary>
    public string Name => _isIsolated ? _name + " (isolated)" : _name;

    /// <summary>What this instance observes.</summary>
    public ContextState Context => _context;

    /// <summary>Whether this is a copy made by <see cref="CreateIsolatedInstance"/>.</summary>
    public bool IsIsolatedInstance => _isIsolated;

    /// <summary>Whether events are being exported.</summary>
    public bool IsRunning => Life[this].IsRunning;

    /// <summary>What this instance has done so far.</summary>
    public ExporterCounters Counters => Counts[this].Snapshot(Life[this].RunningTasks);

    /// <summary>All isolated state of this instance.</summary>
    internal IsolatedState Isolated;

    /// <summary>Where this exporter logs; shared with its copies.</summary>
    protected ILogger Log => _log;

    /// <summary>The clock; shared with copies.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Fires when this instance is stopped. Work that should finish by itself does not listen to it.</summary>
    protected CancellationToken ShutdownToken => Life[this].ShutdownToken;

    internal ExporterTally Tally => Counts[this];

    /// <summary>
    /// Makes a copy for one run: shared resources by reference, all isolated state reset, not subscribed and not running.
    /// Costs the copy of the object and one weak handle, whatever the number of copies and of isolated attributes.
    /// </summary>
    /// <param name="context">What the copy observes.</param>
    public BaseExporter CreateIsolatedInstance(ContextState context)
    {
        var copy = (BaseExporter)MemberwiseClone();
        copy.Isolated.Clear();
        copy._context = context;
        copy._isIsolated = true;
        Copies.Add(copy);
        return copy;
    }

    /// <summary>
    /// Subscribes to the context's event stream and runs until the result is disposed or <see cref="StopAsync"/> is called. Starting twice is harmless.
    /// Without a stream, or when preparing fails, a line is logged and the exporter does not run.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled while preparing; not running.</exception>
    /// <exception cref="InvalidOperationException">The exporter is set up wrongly (<see cref="CheckSetup"/>); not running.</exception>
    public async ValueTask<IAsyncDisposable> StartAsync(CancellationToken cancellationToken = default)
    {
        var life = Life[this];
        if (!life.IsRunning)
        {
            CheckSetup();
        }

        if (!life.TryBegin())
        {
            await life.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
            return new StopOnDispose(this);
        }

        try
        {
            if (_context.Events is { } events)
            {
                await OnPreStartAsync(cancellationToken).ConfigureAwait(false);
                life.Run(() => events.Subscribe(new EventObserver(this)));
            }
            else
            {
                LogNoEvents(Name, _context.Name);
                life.GiveUp();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            life.GiveUp();
            throw;
        }
        catch (Exception fault)
        {
            life.GiveUp();
            ReportFault(fault, "starting");
        }

        return new StopOnDispose(this);
    }

    /// <summary>Completes once a start has been decided: true when running, false when there was nothing to observe, it failed, or it was stopped.</summary>
    public Task<bool> WaitReadyAsync(CancellationToken cancellationToken = default) => Life[this].Ready.WaitAsync(cancellationToken);

    /// <summary>
    /// Takes one event, on the stream's own thread: must not block. Work goes to <see cref="Track"/>. What it throws is counted and logged.
    /// </summary>
    public abstract void Export(ExporterEvent happened);

    /// <summary>Takes one event as from the stream, for who brings events himself.</summary>
    /// <returns>False when <see cref="Export"/> threw, which is counted and logged; true too when nothing is running.</returns>
    public bool TryTake(ExporterEvent happened)
    {
        if (!Life[this].IsRunning)
        {
            return true;
        }

        Tally.Event();
        try
        {
            Export(happened);
            return true;
        }
        catch (Exception fault)
        {
            ReportFault(fault, "taking an event");
            return false;
        }
    }

    /// <summary>The stream has failed: logged; background work goes on.</summary>
    public virtual void OnError(Exception exception) => LogStreamFailed(exception, Name, _context.Name);

    /// <summary>The stream has ended: logged; background work goes on.</summary>
    public virtual void OnComplete() => LogStreamEnded(Name, _context.Name);

    /// <summary>
    /// Stops at once: no more events are taken, <see cref="ShutdownToken"/> fires, <see cref="OnCleanupAsync"/> runs, the subscription ends.
    /// Background exports are not waited for and finish by themselves. Stopping twice, or what never ran, is harmless.
    /// </summary>
    public async ValueTask StopAsync()
    {
        var life = Life[this];
        if (!life.TryEnd(out var subscription))
        {
            return;
        }

        try
        {
            await life.SignalShutdownAsync().ConfigureAwait(false);
            await OnCleanupAsync().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            ReportFault(fault, "cleaning up");
        }

        try
        {
            subscription?.Dispose();
        }
        catch (Exception fault)
        {
            ReportFault(fault, "unsubscribing");
        }

        life.ClearTasks();
    }

    /// <summary>Waits until all background work, also that left behind by a stop, has finished; on timeout it warns and returns.</summary>
    /// <param name="timeout"><see cref="DefaultWait"/> when null.</param>
    public async Task WaitForTasksAsync(TimeSpan? timeout = null)
    {
        var limit = timeout ?? DefaultWait;
        try
        {
            await Life[this].WhenIdleAsync().WaitAsync(limit, Time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            LogStillRunning(Name, Life[this].RunningTasks, limit);
        }
    }

    /// <summary>Cancels all background work and waits until it has ended.</summary>
    public Task CancelTasksAsync() => Life[this].CancelTasksAsync();

    /// <summary>Checks before a start that the exporter is set up rightly. What it throws is its owner's mistake and reaches the caller of the start.</summary>
    protected virtual void CheckSetup()
    {
    }

    /// <summary>Prepares before the first event; when it throws, the exporter does not run.</summary>
    protected virtual ValueTask OnPreStartAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Cleans up after the last event. It delays <see cref="StopAsync"/>, so long work goes to <see cref="Track"/>.</summary>
    protected virtual ValueTask OnCleanupAsync() => ValueTask.CompletedTask;

    /// <summary>Runs work in the background, tracked: its fault is counted and logged, and waits and cancellation reach it.</summary>
    /// <param name="work">The work; its token fires on <see cref="CancelTasksAsync"/>, not on a stop.</param>
    protected void Track(Func<CancellationToken, ValueTask> work) => Life[this].Track(work, fault => ReportFault(fault, "exporting"));

    /// <summary>Counts a fault and logs it unless its like was logged before, by this instance or another of the same original.</summary>
    protected void ReportFault(Exception fault, string doing)
    {
        Tally.Fault();
        _faults.Report(fault, Name, doing);
    }

    private void Hear(Action told)
    {
        try
        {
            told();
        }
        catch (Exception fault)
        {
            ReportFault(fault, "hearing of the stream's end");
        }
    }

    private sealed class StopOnDispose(BaseExporter exporter) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => exporter.StopAsync();
    }

    private sealed class EventObserver(BaseExporter exporter) : IObserver<ExporterEvent>
    {
        public void OnNext(ExporterEvent value) => exporter.TryTake(value);

        public void OnError(Exception error) => exporter.Hear(() => exporter.OnError(error));

        public void OnCompleted() => exporter.Hear(exporter.OnComplete);
    }
}
