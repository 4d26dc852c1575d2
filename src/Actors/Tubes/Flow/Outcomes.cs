using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>Takes what comes back to a course, of calls and of assets: books results, delivers what has ended, and decides what a failure does. The course's owner only.</summary>
internal sealed class Outcomes(CallBook book, EpochQueue epochs, Calls calls, Ending ending)
{
    /// <summary>A call has come back, without a failure of the node's.</summary>
    public void CameBack(NodeTask task)
    {
        if (task.Taken > TimeSpan.Zero)
        {
            task.Lane.Pace.Measured(task.Taken);
        }

        var epoch = task.Epoch;
        if (epoch.IsAbandoned)
        {
            calls.Settle(task);
        }
        else if (task.Error is { } end)
        {
            calls.Settle(task);
            Fail(epoch, end);
        }
        else
        {
            Complete(task);
        }
    }

    /// <summary>A node has failed. Gives how long to wait until the call is to be made again, or null when it is not.</summary>
    public TimeSpan? Failed(NodeTask task)
    {
        var (epoch, error) = (task.Epoch, task.Error!);
        if (epoch.IsAbandoned)
        {
            calls.Settle(task);
            return null;
        }

        switch (task.Lane.Node.OnError)
        {
            case ErrorPolicy.Retry retry when task.Repeats < retry.Times:
                return retry.Backoff * Math.Pow(2, task.Repeats++);
            case ErrorPolicy.SkipEpoch:
                book.Report(task.Call, error, "The epoch is skipped.");
                calls.Settle(task);
                epochs.Skip(epoch, error);
                calls.Drop([epoch]);
                break;
            case ErrorPolicy.Disable:
                book.Report(task.Call, error, "The node is disabled.");
                ending.Disable(task.Lane.Node.Index);
                Array.Fill(task.Call.Results, Sluice.Tubes.NoEvent.Value);
                Complete(task);
                break;
            default:
                book.Report(task.Call, error, null);
                calls.Settle(task);
                Fail(epoch, error);
                break;
        }

        return null;
    }

    /// <summary>A failed call may be made again.</summary>
    public void Again(NodeTask task)
    {
        if (task.Epoch.IsAbandoned)
        {
            calls.Settle(task);
        }
        else
        {
            calls.Send(task);
        }
    }

    /// <summary>The assets of the next epoch are made, or could not be.</summary>
    public void AssetsMade(object?[]? assets, Exception? failure)
    {
        epochs.Assets.Made(assets);
        if (failure is not null)
        {
            ending.FailNext(failure);
        }

        if (ending.HasFailed)
        {
            epochs.Assets.Stop();
        }
    }

    /// <summary>The assets of an epoch are released, the last thing that an epoch does; or assets that no epoch needed.</summary>
    public void AssetsReleased(AssetRelease release, Exception? failure)
    {
        epochs.Assets.Released(release);
        if (release.Epoch is not { } epoch || !epochs.Holds(epoch))
        {
            return;
        }

        if (failure is not null)
        {
            Fail(epoch, failure);
        }
        else
        {
            epochs.Closed(epoch);
        }
    }

    /// <summary>The epoch and all later ones are given up; earlier ones go on. The failure of the earliest epoch is the run's.</summary>
    public void Fail(EpochInFlight epoch, Exception failure)
    {
        ending.Fail(epoch.Root.Epoch.Root, failure);
        AbandonFrom(epoch, failure);
    }

    /// <summary>The epoch and all later ones are given up, or all there are when none is named.</summary>
    public void AbandonFrom(EpochInFlight? epoch, Exception fault) => calls.Drop(epochs.AbandonFrom(epoch, fault));

    private void Complete(NodeTask task)
    {
        var (epoch, lane, isInOrder) = (task.Epoch, task.Lane, task.IsInOrder);
        for (var isDue = Calls.TryTakeBack(task, out var due); isDue; isDue = Calls.TryTakeNext(epoch, lane, isInOrder, out due))
        {
            book.Complete(due.Call, epochs.EventsOf(epoch));
            epoch.SourcesLeft -= lane.IsSource ? 1 : 0;
            calls.Settle(due);
            epochs.Booked(epoch);
        }
    }
}
