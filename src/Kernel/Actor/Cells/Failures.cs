using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>Failures on their way up: suspend, tell the supervisor; and as the supervisor, decide.</summary>
internal static class Failures
{
    /// <summary>The actor has failed: it and all below it wait for what its supervisor says.</summary>
    public static void Handle(ActorCell cell, Exception failure, IActorRef? escalatedBy = null)
    {
        cell.PartsIfAny?.ReceiveTimeout?.Rest();
        if (cell.Parts.FailedBy is not null)
        {
            return;
        }
        cell.Parts.FailedBy = escalatedBy ?? cell.Self;
        cell.Parts.Fault = failure;
        Watched.Failed(cell, failure);
        cell.Suspend();
        cell.ChildrenIfAny?.SuspendAll(except: escalatedBy);
        cell.Parent.SendSystemMessage(new Failed(cell.Self, failure, cell.Self.Path.Uid));
    }

    /// <summary>A child has failed.</summary>
    public static void OfChild(ActorCell cell, Failed failed)
    {
        if (cell.ChildrenIfAny is not { } children || !children.Contains(failed.Child) || cell.IsStopping)
        {
            return;
        }
        bool handled;
        try
        {
            handled = StrategyOf(cell).HandleFailure(cell, failed.Child, failed.Cause, children);
        }
        catch (Exception failure)
        {
            Handle(cell, failure, failed.Child);
            return;
        }
        if (!handled)
        {
            Watched.Decided(((LocalActorRef)failed.Child).Cell, failed.Cause, Instruments.Events.TaskNext.Escalated);
            Handle(cell, failed.Cause, failed.Child);
        }
    }

    public static void Forget(ActorCell cell)
    {
        if (cell.PartsIfAny is { } parts)
        {
            parts.FailedBy = null;
            parts.Fault = null;
        }
    }

    private static SupervisorStrategy StrategyOf(ActorCell cell)
    {
        if (cell.Props.SupervisorStrategy is { } given)
        {
            return given;
        }
        return cell.Actor is { } actor ? cell.Parts.Strategy ??= actor.NewSupervisorStrategy() : SupervisorStrategy.DefaultStrategy;
    }
}
