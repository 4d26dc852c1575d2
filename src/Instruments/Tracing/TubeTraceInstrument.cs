using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tracing;

/// <summary>
/// Makes one trace of each run of a tube, with the activity source <see cref="Telemetry.Name"/>: a span for the run, in it one per epoch, in
/// that one per node turn. A nested tube's run is inside the run around it.
/// </summary>
public class TubeTraceInstrument : TubeInstrument, IDisposable
{
    private readonly ConcurrentDictionary<(IInstrumented Source, object? Epoch), Activity> _running = [];

    // When a run fails, nodes of other epochs may still be called: they belong to its trace although it has ended.
    private readonly ConditionalWeakTable<IInstrumented, StrongBox<ActivityContext>> _runs = [];

    /// <summary>The source of the spans.</summary>
    protected ActivitySource Source { get; } = new(Telemetry.Name, Telemetry.Version);

    /// <inheritdoc/>
    public override void OnRunStart(in RunStarted run)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        // Runs and epochs end on other threads than they begin on: what they made current would stay so for whatever comes after.
        // A nested tube's parent is the node that it is, and that one's is the tube around it.
        var before = Activity.Current;
        var name = $"run {run.Tube.Name}";
        var span = run.Tube.Parent?.Parent is { } around ? Child(around, null, name) : Source.StartActivity(name);
        span?.SetTag("sluice.tube.name", run.Tube.Name);
        Begin(run.Tube, null, span);
        if (span is not null)
        {
            _runs.AddOrUpdate(run.Tube, new StrongBox<ActivityContext>(span.Context));
        }

        Activity.Current = before;
    }

    /// <inheritdoc/>
    public override void OnRunEnd(in RunEnded run) => End(run.Tube, null, run.Fault);

    /// <inheritdoc/>
    public override void OnEpochStart(in EpochEvent epoch)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        var before = Activity.Current;
        var span = Child(epoch.Tube, null, $"epoch {epoch.Tube.Name}");
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("sluice.tube.name", epoch.Tube.Name);
            span.SetTag("sluice.tube.epoch", epoch.Epoch.ToString());
        }

        Begin(epoch.Tube, epoch.Epoch.Value, span);
        Activity.Current = before;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochEvent epoch) => End(epoch.Tube, epoch.Epoch.Value, epoch.Fault);

    /// <inheritdoc/>
    public override void OnNodeStart(in NodeTurn turn)
    {
        if (!Source.HasListeners())
        {
            return;
        }

        var epoch = turn.Epoch.Value;
        var span = Child(turn.Tube, epoch, $"node {turn.Node.Name}");
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag("sluice.tube.name", turn.Tube.Name);
            span.SetTag("sluice.tube.epoch", turn.Epoch.ToString());
            span.SetTag("sluice.node.id", turn.Node.Name);
        }

        Begin(turn.Node, epoch, span);
    }

    /// <inheritdoc/>
    public override void OnNodeFinish(in NodeTurn turn) => End(turn.Node, turn.Epoch.Value, turn.Fault);

    /// <summary>Ends the tracing; end the scope first.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the source.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Source.Dispose();
        }
    }

    /// <summary>Remembers a span until its end is seen.</summary>
    protected void Begin(IInstrumented source, object? epoch, Activity? span)
    {
        if (span is not null)
        {
            _running[(source, epoch)] = span;
        }
    }

    /// <summary>The span that was begun and has not ended.</summary>
    protected bool TryFind(IInstrumented source, out Activity span) => _running.TryGetValue((source, null), out span!);

    /// <summary>The span that was begun; it is forgotten.</summary>
    protected bool TryEnd(IInstrumented source, out Activity span) => _running.TryRemove((source, null), out span!);

    /// <summary>Ends a span.</summary>
    protected static void Finish(Activity span, Exception? fault, bool isFailed)
    {
        ArgumentNullException.ThrowIfNull(span);
        if (fault is not null)
        {
            span.AddException(fault);
            span.SetTag("error.type", fault.GetType().FullName);
        }

        if (isFailed)
        {
            span.SetStatus(ActivityStatusCode.Error, fault?.Message);
        }

        span.Dispose();
    }

    private Activity? Child(IInstrumented parent, object? epoch, string name) =>
        _running.TryGetValue((parent, epoch), out var outer)
            ? Source.StartActivity(name, ActivityKind.Internal, outer.Context)
            : Source.StartActivity(name, ActivityKind.Internal, _runs.TryGetValue(parent, out var run) ? run.Value : default);

    private void End(IInstrumented source, object? epoch, Exception? fault)
    {
        if (_running.TryRemove((source, epoch), out var span))
        {
            Finish(span, fault, fault is not null);
        }
    }
}
