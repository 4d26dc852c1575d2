namespace Sluice.Kernel.Actor.Cells;

/// <summary>What the supervisor's decision does to a failed actor.</summary>
internal static class Restarting
{
    public static void Begin(ActorCell cell, Exception cause)
    {
        if (cell.IsStopping)
        {
            return;
        }
        if (cell.ChildrenIfAny?.WhenDone is not null)
        {
            // Already on its way to a new instance; only the suspensions have to stay in balance.
            Resume(cell, causedByFailure: null);
            return;
        }
        if (cell.Actor is not { } failed)
        {
            CreateAgain(cell);
            return;
        }
        try
        {
            failed.OnPreRestart(cause, cell.Message);
        }
        catch (Exception second)
        {
            var failure = new PreRestartException(cell.Self, second, cause);
            Lifecycle.Report(cell, failure, failure.Message);
        }
        cell.PartsIfAny?.Stash?.UnstashAll();
        Lifecycle.DropInstance(cell);
        cell.ForgetMessage();
        if (cell.ChildrenIfAny?.Await(new AfterChildren.Recreate(cause)) is not true)
        {
            Finish(cell, cause);
        }
    }

    public static void Finish(ActorCell cell, Exception cause)
    {
        var survivors = cell.ChildrenIfAny?.All ?? [];
        cell.Resume();
        Failures.Forget(cell);
        try
        {
            Lifecycle.NewInstance(cell).OnPostRestart(cause);
        }
        catch (Exception second)
        {
            Lifecycle.DropInstance(cell);
            Failures.Handle(cell, new PostRestartException(cell.Self, second, cause));
            return;
        }
        Watched.Decided(cell, cause, Instruments.Events.TaskNext.Restarted);
        foreach (var survivor in survivors)
        {
            ((IInternalActorRef)survivor).Restart(cause);
        }
    }

    public static void Resume(ActorCell cell, Exception? causedByFailure)
    {
        if (cell.IsStopping)
        {
            return;
        }
        if (cell.Actor is null && causedByFailure is not null)
        {
            CreateAgain(cell);
            return;
        }
        var perpetrator = cell.PartsIfAny?.FailedBy;
        cell.Resume();
        if (causedByFailure is not null)
        {
            Watched.Decided(cell, causedByFailure, Instruments.Events.TaskNext.Resumed);
            Failures.Forget(cell);
        }
        cell.ChildrenIfAny?.ResumeAll(causedByFailure, perpetrator);
    }

    public static void CreateAfresh(ActorCell cell)
    {
        cell.Resume();
        Failures.Forget(cell);
        Lifecycle.Create(cell, failure: null);
    }

    // There is no instance to ask: stop what the half-made one created, then make another.
    private static void CreateAgain(ActorCell cell)
    {
        cell.ChildrenIfAny?.StopAll();
        if (cell.ChildrenIfAny?.Await(new AfterChildren.Create()) is not true)
        {
            CreateAfresh(cell);
        }
    }
}
