using System.Collections.Concurrent;
using System.Diagnostics;
using Sluice.Instruments.Events;
using Sluice.Instruments.Metrics;

namespace Sluice.Instruments.Tracing;

/// <summary>
/// Makes spans with the activity source <see cref="Telemetry.Name"/>: one per handled message, linked to the span that sent
/// it; and one per run, epoch and node turn of a tube, each inside the other.
/// </summary>
/// <remarks>
/// A handled message's span is a child of the span that sent it, and linked to it. A message that an actor sends itself starts
/// a new trace that is only linked, so that a timer does not make a trace without end. Messages from another member carry
/// their trace if the receiving side puts them into the mailbox inside a span with the remote parent.
/// What the listener's sampler decides holds for what follows: a message that is sent while one is handled whose span was not made has that
/// one's parent, so that a trace is whole or not there. For a span that is not made nothing is prepared.
/// </remarks>
public sealed class TraceInstrument : TubeTraceInstrument
{
    private const int MaxPending = 65_536;

    // The message in hand on this thread, when its span was not made: whose it is, and the parent that the span would have had.
    [ThreadStatic]
    private static (IInstrumented? Actor, ActivityContext Parent) t_unsampled;

    // Most messages are of the class of the one before.
    [ThreadStatic]
    private static (string? Kind, Type? Message, string Name) t_named;

    private readonly PendingContexts _sent = new(MaxPending);

    // The message that this thread has taken out of a mailbox: it is handled next, or not at all, when its actor has stopped.
    private readonly ThreadLocal<(IInstrumented? Actor, object? Message, SentFrom Sender)> _taken = new();

    private readonly ConcurrentDictionary<(string Kind, Type Message), string> _names = [];

    /// <summary>Messages whose sender was not remembered because 65,536 others were on their way.</summary>
    public long DroppedLinks => _sent.Dropped;

    /// <inheritdoc/>
    public override void OnQueuePut(in QueueEvent put)
    {
        if (put.Item.Reference is not { } message || !Source.HasListeners())
        {
            return;
        }

        if (Activity.Current is { } sender)
        {
            var isOwn = TryFind(put.Queue, out var own) && own == sender;
            _sent.Put(put.Queue, message, new SentFrom(sender.Context, isOwn));
        }
        else if (t_unsampled is { Actor: not null } unsampled && unsampled.Parent != default)
        {
            _sent.Put(put.Queue, message, new SentFrom(unsampled.Parent, IsOwn: false));
        }
    }

    /// <summary>An item taken from a queue links the span that took it to the one that put it; a mailbox's is handled later.</summary>
    public override void OnQueueGet(in QueueEvent get)
    {
        if (get.Item.Reference is not { } item || !_sent.TryTake(get.Queue, item, out var sender))
        {
            return;
        }

        if (get.Queue.Kind == "queue")
        {
            Activity.Current?.AddLink(new ActivityLink(sender.Context));
        }
        else
        {
            _taken.Value = (get.Queue, item, sender);
        }
    }

    /// <inheritdoc/>
    public override void OnTaskBeforeSend(in TaskTurn turn)
    {
        if (turn.Message is null)
        {
            return;
        }

        var isSent = TryTake(turn.Task, turn.Message, out var sender);
        if (!Source.HasListeners())
        {
            return;
        }

        if (Activity.Current is not null)
        {
            Activity.Current = null;
        }

        var parent = sender.IsOwn ? default : sender.Context;
        var span = Source.StartActivity(NameOf(turn), ActivityKind.Consumer, parent);
        if (span is null)
        {
            t_unsampled = (turn.Task, parent);
            return;
        }

        if (span.IsAllDataRequested)
        {
            if (isSent)
            {
                span.AddLink(new ActivityLink(sender.Context));
            }

            span.SetTag("sluice.source.name", turn.Task.Name);
            span.SetTag("sluice.message.type", turn.Message.GetType().FullName);
        }

        Begin(turn.Task, null, span);
    }

    /// <inheritdoc/>
    public override void OnTaskAfterSend(in TaskTurnEnded turn)
    {
        if (ReferenceEquals(t_unsampled.Actor, turn.Task))
        {
            t_unsampled = default;
            return;
        }

        if (turn.Message is not null && turn.Next is not TaskNext.Yields && TryEnd(turn.Task, out var span))
        {
            var (key, next) = Attributes.Next(turn.Next);
            span.SetTag(key, next);
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

    private bool TryTake(IInstrumented actor, object message, out SentFrom sender)
    {
        if (_taken.Value is var (owner, item, from) && ReferenceEquals(owner, actor) && ReferenceEquals(item, message))
        {
            _taken.Value = default;
            sender = from;
            return true;
        }

        return _sent.TryTake(actor, message, out sender);
    }

    private string NameOf(in TaskTurn turn)
    {
        var (kind, message) = (turn.Task.Kind, turn.Message!.GetType());
        ref var named = ref t_named;
        if (named.Kind != kind || named.Message != message)
        {
            named = (kind, message, _names.GetOrAdd((kind, message), static parts => $"{parts.Kind} {parts.Message.Name}"));
        }

        return named.Name;
    }
}
