using Sluice.Kernel.Dispatch.SysMsg;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>The beginning and the end of an actor.</summary>
internal static class Lifecycle
{
    public static void Create(ActorCell cell, Exception? failure)
    {
        try
        {
            if (failure is not null)
            {
                throw failure;
            }
            NewInstance(cell).OnPreStart();
        }
        catch (Exception cause)
        {
            DropInstance(cell);
            throw new ActorInitializationException(cell.Self, $"exception during creation: {cause.Message}", cause);
        }
    }

    public static ActorBase NewInstance(ActorCell cell)
    {
        ActorCell.IsCreating = true;
        try
        {
            var actor = cell.Props.NewActor();
            actor.OnConstructed();
            cell.Actor = actor;
            if (actor is IActorStash withStash)
            {
                withStash.Stash = cell.Parts.Stash ??= new ActorStash(cell);
            }
            if (actor is IWithTimers withTimers)
            {
                withTimers.Timers = cell.Parts.Timers ??= new ActorTimers(cell);
            }
            return actor;
        }
        finally
        {
            ActorCell.IsCreating = false;
        }
    }

    public static void DropInstance(ActorCell cell)
    {
        var actor = cell.Actor;
        cell.Actor = null;
        if (cell.PartsIfAny is { } parts)
        {
            parts.Behaviours = null;
            parts.Strategy = null;
            parts.Timers?.CancelAll();
            parts.Timers = null;
            parts.AsyncTurn?.Abandon();
            parts.AsyncTurn = null;
        }
        if (actor is null)
        {
            return;
        }
        try
        {
            cell.Props.Release(actor);
            (actor as IDisposable)?.Dispose();
        }
        catch (Exception failure)
        {
            Report(cell, failure, $"Dispose failed: {failure.Message}");
        }
    }

    public static void Terminate(ActorCell cell)
    {
        if (cell.IsStopping)
        {
            return;
        }
        cell.BeginToStop();
        cell.SetReceiveTimeout(null);
        cell.PartsIfAny?.DeathWatch?.UnwatchAll();
        cell.ChildrenIfAny?.StopAll();
        if (cell.ChildrenIfAny?.Await(new AfterChildren.Terminate()) is true)
        {
            cell.Suspend();
        }
        else
        {
            End(cell);
        }
    }

    public static void ChildEnded(ActorCell cell, IActorRef actor)
    {
        if (actor is not LocalActorRef child || cell.ChildrenIfAny is not { } children || !children.Contains(child))
        {
            return;
        }
        switch (children.Remove(child))
        {
            case AfterChildren.Create:
                Restarting.CreateAfresh(cell);
                break;
            case AfterChildren.Recreate recreate:
                Restarting.Finish(cell, recreate.Cause);
                break;
            case AfterChildren.Terminate:
                End(cell);
                break;
        }
    }

    public static void Report(ActorCell cell, Exception failure, string message) =>
        cell.System.EventStream.Publish(new Error(failure, cell.Self.Path.ToString(), cell.Actor?.GetType() ?? cell.Props.Type, message));

    private static void End(ActorCell cell)
    {
        try
        {
            cell.Actor?.OnPostStop();
        }
        catch (Exception failure)
        {
            Report(cell, failure, $"PostStop failed: {failure.Message}");
        }
        cell.SetReceiveTimeout(null);
        cell.PartsIfAny?.Stash?.UnstashAll();
        cell.Close();
        DropInstance(cell);
        cell.Parent.SendSystemMessage(new DeathWatchNotification(cell.Self, existenceConfirmed: true, addressTerminated: false));
        cell.PartsIfAny?.DeathWatch?.TellWatchers();
        cell.PartsIfAny?.DeathWatch?.UnwatchAll();
        Watched.Ended(cell);
        cell.Release();
    }
}
