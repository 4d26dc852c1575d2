using System.Diagnostics;
using Sluice.Instruments;
using Sluice.Instruments.Events;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>Tells instruments what an actor does. An actor is watched by those that are active where it is created, else by those of its parent.</summary>
internal static class Watched
{
    public static void Inherit(ActorCell cell)
    {
        var instruments = InstrumentScope.Active ?? (cell.Parent as LocalActorRef)?.Cell.PartsIfAny?.Instruments?.Living();
        if (instruments is not null)
        {
            cell.Parts.Instruments = instruments;
        }
    }

    public static void Put(ActorCell cell, CompositeInstrument instruments, object message) =>
        instruments.OnQueuePut(new QueueEvent(cell, ItemView.Of(in message), immediate: true));

    public static void Invoke(ActorCell cell, CompositeInstrument instruments, in Envelope envelope)
    {
        var message = envelope.Message;
        var start = instruments.NeedsTiming ? Stopwatch.GetTimestamp() : 0;
        instruments.OnQueueGet(new QueueEvent(cell, ItemView.Of(in message), immediate: true));
        instruments.OnTaskBeforeSend(new TaskTurn(cell, message));
        cell.Parts.SawUnhandled = false;
        cell.Handle(envelope);
        var elapsed = start == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(start);
        instruments.OnTaskAfterSend(new TaskTurnEnded(cell, message, NextOf(cell), elapsed));
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

    private static TaskNext NextOf(ActorCell cell) => cell.PartsIfAny switch
    {
        { FailedBy: not null } => TaskNext.Failed,
        { AsyncTurn.IsPending: true } => TaskNext.Yields,
        { SawUnhandled: true } => TaskNext.Unhandled,
        { Stash: { } stash } when stash.HasMessageInHand => TaskNext.Stashed,
        _ => TaskNext.Waits,
    };
}
