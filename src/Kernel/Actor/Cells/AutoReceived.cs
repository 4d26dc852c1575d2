using Sluice.Kernel.Actor.Scheduling;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>The user messages that the runtime handles in front of the actor.</summary>
internal static class AutoReceived
{
    public static void Handle(ActorCell cell, object message)
    {
        switch (message)
        {
            case Terminated terminated:
                HandleTerminated(cell, terminated);
                break;
            case TimerMessage timer:
                if (cell.PartsIfAny?.Timers is { } timers && timers.TryTake(timer, out var timed))
                {
                    cell.ReceiveAs(timed, null);
                }
                break;
            case PoisonPill:
                cell.Stop(cell.Self);
                break;
            case Kill:
                throw new ActorKilledException($"{cell.Self.Path} was killed.");
            case Identify identify:
                cell.Sender.Tell(new ActorIdentity(identify.MessageId, cell.Self), cell.Self);
                break;
            case ActorSelectionMessage selection:
                ActorSelection.Deliver(cell.Self, selection, cell.Sender);
                break;
            default:
                cell.Receive(message);
                break;
        }
    }

    private static void HandleTerminated(ActorCell cell, Terminated terminated)
    {
        if (cell.PartsIfAny?.DeathWatch is not { } watch || !watch.TryTakeQueued(terminated.ActorRef, out var custom))
        {
            return;
        }
        if (custom is null)
        {
            cell.Receive(terminated);
        }
        else
        {
            cell.ReceiveAs(custom, terminated.ActorRef);
        }
    }
}
