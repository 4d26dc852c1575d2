using System.Collections.Concurrent;
using System.Diagnostics;
using Sluice.Instruments.Events;

namespace Sluice.Instruments.Tracing;

/// <summary>
/// Makes spans with the activity source <see cref="Telemetry.Name"/>: one per handled message, linked to the span that sent
/// it; and one per run, epoch and node turn of a tube, each inside the other.
/// </summary>
/// <remarks>
/// A handled message's span is a child of the span that sent it, and linked to it. A message that an actor sends itself starts
/// a new trace that is only linked, so that a timer does not make a trace without end. Messages from another member carry
/// their trace if the receiving side puts them into the mailbox inside a span with the remote parent.
/// </remarks>
public sealed class TraceInstrument : TubeInstrument, IDisposable
{
    private const int MaxPending = 65_536;

    private readonly ActivitySource _source = new(Telemetry.Name, Telemetry.Version);
    private readonly PendingContexts _sent = new(MaxPending);
    private readonly ConcurrentDictionary<(IInstrumented Source, object? Epoch), Activity> _running = [];

    /// <summary>Messages whose sender was not remembered because 65,536 others were on their way.</summary>
    public long DroppedLinks => _sent.Dropped;

    /// <inheritdoc/>
    public override void OnQueuePut(in QueueEvent put)
    {
        if (put.Item.Reference is { } message && Activity.Current is { } sender && _source.HasListeners())
        {
            var isOwn = _running.TryGetValue((put.Queue, null), out var own) && own == sender;
            _sent.Put(put.Queue, message, new SentFrom(sender.Context, isOwn));
        }
    }

    /// <summary>An item taken from a queue links the span that took it to the one that put it; a mailbox's is handled later.</summary>
    public override void OnQueueGet(in QueueEvent get)
    {
        if (get.Queue.Kind == "queue" && get.Item.Reference is { } item && _sent.TryTake(get.Queue, item, out var sender))
        {
            Activity.Current?.AddLink(new ActivityLink(sender.Context));
        }
    }

    /// <inheritdoc/>
    public override void OnTaskBeforeSend(in TaskTurn turn)
    {
        if (turn.Message is null)
        {
            return;
        }

        var isSent = _sent.TryTake(turn.Task, turn.Message, out var sender);
        if (!_source.HasListeners())
        {
            return;
        }

        Activity.Current = null;
        var span = _source.StartActivity(
            $"{turn.Task.Kind} {turn.Message.GetType().Name}",
            ActivityKind.Consumer,
            sender.IsOwn ? default : sender.Context,
            links: isSent ? [new ActivityLink(sender.Context)] : null);
        span?.SetTag("sluice.source.name", turn.Task.Name);
        span?.SetTag("sluice.message.type", turn.Message.GetType().FullName);
        Begin(turn.Task, null, span);
    }

    /// <inheritdoc/>
    public override void OnTaskAfterSend(in TaskTurnEnded turn)
    {
        if (turn.Message is not null && turn.Next is not TaskNext.Yields && _running.TryRemove((turn.Task, null), out var span))
        {
            span.SetTag("sluice.message.next", turn.Next.ToString());
            Finish(span, fault: null, isFailed: turn.Next is TaskNext.Failed);
        }
    }

    /// <inheritdoc/>
    public override void OnTaskBeforeThrow(in TaskFault fault)
    {
        if (_running.TryGetValue((fault.Task, null), out var span))
        {
            span.AddException(fault.Fault);
        }
    }

    /// <inheritdoc/>
    public override void OnRunStart(in RunStarted run) =>
        Begin(run.Tube, null, _source.StartActivity($"run {run.Tube.Name}"));

    /// <inheritdoc/>
    public override void OnRunEnd(in RunEnded run) => End(run.Tube, null, run.Fault);

    /// <inheritdoc/>
    public override void OnEpochStart(in EpochEvent epoch)
    {
        if (!_source.HasListeners())
        {
            return;
        }

        var span = Child(epoch.Tube, null, $"epoch {epoch.Tube.Name}");
        span?.SetTag("sluice.tube.epoch", epoch.Epoch.ToString());
        Begin(epoch.Tube, epoch.Epoch.Value, span);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(in EpochEvent epoch) => End(epoch.Tube, epoch.Epoch.Value, epoch.Fault);

    /// <inheritdoc/>
    public override void OnNodeStart(in NodeTurn turn)
    {
        if (!_source.HasListeners())
        {
            return;
        }

        var epoch = turn.Epoch.Value;
        var span = Child(turn.Tube, epoch, $"node {turn.Node.Name}");
        span?.SetTag("sluice.tube.name", turn.Tube.Name);
        span?.SetTag("sluice.tube.epoch", turn.Epoch.ToString());
        Begin(turn.Node, epoch, span);
    }

    /// <inheritdoc/>
    public override void OnNodeFinish(in NodeTurn turn) => End(turn.Node, turn.Epoch.Value, turn.Fault);

    /// <summary>Ends the tracing; end the scope first.</summary>
    public void Dispose() => _source.Dispose();

    private Activity? Child(IInstrumented parent, object? epoch, string name) =>
        _running.TryGetValue((parent, epoch), out var outer)
            ? _source.StartActivity(name, ActivityKind.Internal, outer.Context)
            : _source.StartActivity(name);

    private void Begin(IInstrumented source, object? epoch, Activity? span)
    {
        if (span is not null)
        {
            _running[(source, epoch)] = span;
        }
    }

    private void End(IInstrumented source, object? epoch, Exception? fault)
    {
        if (_running.TryRemove((source, epoch), out var span))
        {
            Finish(span, fault, fault is not null);
        }
    }

    private static void Finish(Activity span, Exception? fault, bool isFailed)
    {
        if (fault is not null)
        {
            span.AddException(fault);
        }

        if (isFailed)
        {
            span.SetStatus(ActivityStatusCode.Error, fault?.Message);
        }

        span.Dispose();
    }
}
