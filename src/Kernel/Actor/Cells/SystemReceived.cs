using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Actor.Cells;

/// <summary>Hands each system message to the part of the cell that is meant.</summary>
internal static class SystemReceived
{
    public static void Handle(ActorCell cell, SystemMessage message)
    {
        switch (message)
        {
            case Continuation continuation:
                continuation.Run();
                break;
            case AsyncTurnEnded ended:
                ended.Run();
                break;
            case Create create:
                Lifecycle.Create(cell, create.Failure);
                break;
            case Recreate recreate:
                Restarting.Begin(cell, recreate.Cause);
                break;
            case Suspend:
                cell.Suspend();
                cell.ChildrenIfAny?.SuspendAll(except: null);
                break;
            case Resume resume:
                Restarting.Resume(cell, resume.CausedByFailure);
                break;
            case Terminate:
                Lifecycle.Terminate(cell);
                break;
            case Watch watch:
                cell.Parts.DeathWatchOf(cell).AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                cell.Parts.DeathWatchOf(cell).RemoveWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case Failed failed:
                Failures.OfChild(cell, failed);
                break;
            case AddInstrument added:
                Watched.Join(cell, added.Scope);
                break;
            case DeathWatchNotification death:
                cell.PartsIfAny?.DeathWatch?.Died(death);
                Lifecycle.ChildEnded(cell, death.Actor);
                break;
        }
    }

    /// <summary>What is owed to those who address the dead. On any thread.</summary>
    public static void AfterTheEnd(ActorCell cell, SystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(cell.Self) && !watch.Watcher.Equals(cell.Self):
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(cell.Self, existenceConfirmed: false, addressTerminated: false));
                break;
            case Continuation continuation:
                continuation.RunOutside();
                break;
            case AsyncTurnEnded ended:
                ended.AfterTheEnd();
                break;
        }
    }
}
