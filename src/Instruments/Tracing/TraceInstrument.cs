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
public sealed class TraceInstrument : TubeTraceInstrument
{
    private const int MaxPending = 65_536;

    private readonly PendingContexts _sent = new(MaxPending);

    /// <summary>Messages whose sender was not remembered because 65,536 others were on their way.</summary>
    public long DroppedLinks => _sent.Dropped;

    /// <inheritdoc/>
    public override void OnQueuePut(in QueueEvent put)
    {
        if (put.Item.Reference is { } message && Activity.Current is { } sender && Source.HasListeners())
        {
            var isOwn = TryFind(put.Queue, out var own) && own == sender;
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
        if (!Source.HasListeners())
        {
            return;
        }

        Activity.Current = null;
        var span = Source.StartActivity(
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
        if (turn.Message is not null && turn.Next is not TaskNext.Yields && TryEnd(turn.Task, out var span))
        {
            span.SetTag("sluice.message.next", turn.Next.ToString());
            Finish(span, fault: null, isFailed: turn.Next is TaskNext.Failed);
        }
    }

    /// <inheritdoc/>
    public override void OnTaskBeforeThrow(in TaskFault fault)
    {
        if (TryFind(fault.Task, out var span))
        {
            span.AddException(fault.Fault);
        }
    }
}
