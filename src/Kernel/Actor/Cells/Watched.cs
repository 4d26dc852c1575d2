using System.Diagnostics;
using Sluice.Instruments;
using Sluice.Instruments.Events;
using Sluice.Kernel.Dispatch;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>Tells instruments what an actor does. An actor is watched by those that are active where it is created, else by those of its parent.</summary>
internal static class Watched
{
    /// <summary>What is to be done when a message is put, if any of these is seen.</summary>
    public const InstrumentHooks AtPut = ActorHooks.Put | ActorHooks.Stamps;

    /// <summary>What is to be done around the handling of a message, if any of these is seen.</summary>
    public const InstrumentHooks AtTurn =
        ActorHooks.Get | ActorHooks.BeforeSend | ActorHooks.AfterSend | ActorHooks.Stamps;

    public static void Inherit(ActorCell cell)
    {
        var instruments = (InstrumentScope.Active ?? (cell.Parent as LocalActorRef)?.Cell.PartsIfAny?.Instruments)?.Inherited();
        instruments = cell.System.Watches.Join(cell, instruments);
        if (instruments is not null)
        {
            Watch(cell, instruments);
        }
    }

    /// <summary>What is started in the turn is watched too. Watchers that have left are forgotten here, in the actor's own turn.</summary>
    public static void EnterTurn(ActorCell cell)
    {
        if (cell.PartsIfAny is not { Instruments: { } instruments } parts)
        {
            return;
        }
        if (instruments.HasEnded)
        {
            parts.Instruments = instruments = instruments.Remaining();
            if (instruments is null)
            {
                cell.EndToWatch();
            }
        }
        InstrumentScope.EnterTurn(instruments);
    }

    /// <summary>A message is about to be put into the mailbox.</summary>
    /// <returns>What to put: the message, or with it the time, when somebody wants to know how long it will have waited.</returns>
    public static object Put(ActorCell cell, CompositeInstrument instruments, object message)
    {
        if (instruments.Sees(ActorHooks.Put))
        {
            instruments.OnMailboxPut(new QueueEvent(cell, ItemView.Of(in message), immediate: true));
        }
        return instruments.Sees(ActorHooks.Stamps) ? Stamped(cell, instruments, message) : message;
    }

    private static object Stamped(ActorCell cell, CompositeInstrument instruments, object message)
    {
        var oneIn = instruments.Sees(InstrumentHooks.MessageSample) && cell.PartsIfAny?.Sampler is { } sampler && sampler.Picks(out var picked)
            && instruments.Wants(InstrumentHooks.MessageSample) ? picked : 0;
        return oneIn > 0 || instruments.TimesWaits ? new TimedMessage(message, Stopwatch.GetTimestamp(), oneIn) : message;
    }

    public static void Invoke(ActorCell cell, CompositeInstrument instruments, in Envelope envelope)
    {
        if (envelope.Message is TimedMessage || instruments.Sees(ActorHooks.Timing))
        {
            InvokeTimed(cell, instruments, envelope);
            return;
        }
        if (instruments.Sees(ActorHooks.Get | ActorHooks.BeforeSend))
        {
            instruments.OnActorTakes(cell, envelope.Message, TimeSpan.Zero);
        }
        if (!instruments.Sees(ActorHooks.AfterSend))
        {
            cell.Handle(envelope);
            return;
        }
        cell.Parts.SawUnhandled = false;
        cell.Handle(envelope);
        instruments.OnActorAfterSend(new TaskTurnEnded(cell, envelope.Message, HandedBack(cell, envelope.Message, 0), TimeSpan.Zero));
    }

    private static void InvokeTimed(ActorCell cell, CompositeInstrument instruments, in Envelope envelope)
    {
        var message = envelope.Message;
        var timed = message as TimedMessage;
        var start = timed is not null || instruments.TimesTurns ? Stopwatch.GetTimestamp() : 0;
        var waited = TimeSpan.Zero;
        if (timed is not null)
        {
            message = timed.Message;
            waited = Stopwatch.GetElapsedTime(timed.PutAt, start);
        }
        instruments.OnActorTakes(cell, message, waited);
        cell.Parts.SawUnhandled = false;
        cell.Handle(new Envelope(message, envelope.Sender));
        var elapsed = start == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(start);
        var next = HandedBack(cell, message, start);
        instruments.OnActorAfterSend(new TaskTurnEnded(cell, message, next, elapsed));
        if (timed is { OneIn: > 0 })
        {
            cell.PartsIfAny?.Sampler?.Sampled();
            instruments.OnMessageSample(new MessageSample(cell, message, next, waited, elapsed, timed.OneIn));
        }
    }

    /// <summary>A handler that awaited has ended, or was given up.</summary>
    public static void HasEnded(ActorCell cell, object message, long startedAt, TaskNext next)
    {
        var elapsed = startedAt == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(startedAt);
        cell.PartsIfAny?.Instruments?.OnActorAfterSend(new TaskTurnEnded(cell, message, next, elapsed));
    }

    private static TaskNext HandedBack(ActorCell cell, object message, long startedAt)
    {
        var next = NextOf(cell);
        if (next is TaskNext.Yields)
        {
            cell.Parts.AsyncTurn?.Watch(message, startedAt);
        }
        return next;
    }

    /// <summary>
    /// The actor pauses, after so many messages. Nobody counts what is put: it follows from how many have left the mailbox since it was last
    /// looked at, and from how many wait now and waited then.
    /// </summary>
    public static void Ran(ActorCell cell, CompositeInstrument instruments, int taken)
    {
        var parts = cell.Parts;
        parts.Sampler?.Ran(taken);
        if (!instruments.Sees(InstrumentHooks.MailboxRun))
        {
            return;
        }
        var waiting = cell.Count;
        var put = taken + waiting - parts.SeenWaiting;
        parts.SeenWaiting = waiting;
        if (put > 0 || taken > 0)
        {
            instruments.OnMailboxRun(new MailboxRun(cell, put, taken, waiting));
        }
    }

    /// <summary>Instruments that count meet a mailbox that may hold messages already: those are not news.</summary>
    public static void Join(ActorCell cell, InstrumentScope scope)
    {
        if (cell.Parts.Instruments?.Sees(InstrumentHooks.MailboxRun) is not true)
        {
            cell.Parts.SeenWaiting = cell.Count;
        }
        Watch(cell, CompositeInstrument.With(cell.Parts.Instruments, scope));
    }

    private static void Watch(ActorCell cell, CompositeInstrument instruments)
    {
        if (instruments.Sees(InstrumentHooks.MessageSample))
        {
            cell.Parts.Sampler ??= new MessageSampler();
        }
        cell.Parts.Instruments = instruments;
        cell.BeginToWatch();
    }

    /// <summary>A message left the mailbox unhandled: there was no room, or the actor has stopped.</summary>
    public static void Left(ActorCell cell, CompositeInstrument instruments, object message, bool isOverflow)
    {
        instruments.OnMailboxGet(new QueueEvent(cell, ItemView.Of(in message), immediate: true));
        if (isOverflow && instruments.Sees(InstrumentHooks.MailboxRun))
        {
            // One came and one went, without the mailbox getting fuller: no run would see either.
            instruments.OnMailboxRun(new MailboxRun(cell, 1, 1, cell.Count));
        }
    }

    public static void Unhandled(ActorCell cell)
    {
        if (cell.PartsIfAny is { Instruments: not null } parts)
        {
            parts.SawUnhandled = true;
        }
    }

    /// <summary>The actor has failed; its supervisor is about to decide.</summary>
    public static void Failed(ActorCell cell, Exception fault) =>
        cell.PartsIfAny?.Instruments?.OnTaskBeforeThrow(new TaskFault(cell, fault, cell.Message, TaskNext.Undecided));

    /// <summary>What the supervisor decided has been done.</summary>
    public static void Decided(ActorCell cell, Exception fault, TaskNext next) =>
        cell.PartsIfAny?.Instruments?.OnTaskAfterThrow(new TaskFault(cell, fault, cell.Message, next));

    public static void Ended(ActorCell cell)
    {
        if (cell.PartsIfAny is not { Instruments: { } instruments } parts)
        {
            return;
        }
        if (parts.Fault is { } fault)
        {
            Decided(cell, fault, TaskNext.Stopped);
            instruments.OnTaskError(new TaskEnded(cell, null, fault));
        }
        else
        {
            instruments.OnTaskCompleted(new TaskEnded(cell, null, null));
        }
    }

    public static TaskNext NextOf(ActorCell cell) => cell.PartsIfAny switch
    {
        { FailedBy: not null } => TaskNext.Failed,
        { AsyncTurn.IsPending: true } => TaskNext.Yields,
        { SawUnhandled: true } => TaskNext.Unhandled,
        { Stash: { } stash } when stash.HasMessageInHand => TaskNext.Stashed,
        _ => TaskNext.Waits,
    };
}
