using Sluice.Actors.Tubes.Runs;

namespace Sluice.Actors.Tubes.Flow;

/// <summary>Why a run ends before its last epoch, and with what. Of several failures that of the earliest epoch counts, as it would have come first.</summary>
internal sealed class Ending(string tube)
{
    private readonly List<int> _disabled = [];
    private long _epoch;

    /// <summary>No more epochs begin.</summary>
    public bool IsNear => HasFailed || _disabled.Count > 0;

    public bool HasFailed => IsCancelled || Failure is not null;

    /// <summary>The run is to end soon. That a source has no more is no reason to hurry: the epochs before that have all the time they need.</summary>
    public bool IsUrgent => IsCancelled || Failure is not (null or Sluice.Tubes.Errors.EndOfSourceException);

    /// <summary>Of the earliest epoch that failed.</summary>
    public Exception? Failure { get; private set; }

    public bool IsCancelled { get; private set; }

    public void Clear()
    {
        _disabled.Clear();
        (Failure, IsCancelled) = (null, false);
    }

    /// <summary>An epoch has failed.</summary>
    public void Fail(long epoch, Exception failure)
    {
        if (Failure is null || epoch < _epoch)
        {
            (_epoch, Failure) = (epoch, failure);
        }
    }

    /// <summary>The next epoch could not begin; any epoch that has begun comes before it.</summary>
    public void FailNext(Exception failure) => Fail(long.MaxValue, failure);

    public void Cancel() => IsCancelled = true;

    /// <summary>A node has failed and is to be disabled from the next epoch on.</summary>
    public void Disable(int node) => _disabled.Add(node);

    public RunEnd Of(TubeRun run, string? leftBehind)
    {
        if (IsCancelled)
        {
            var message = $"The run of the tube {tube} was cancelled.{(leftBehind is null ? "" : " " + leftBehind)}";
            return new RunEnd(new OperationCanceledException(message, run.CancellationToken), []);
        }

        return IsNear ? new RunEnd(Failure, [.. _disabled]) : RunEnd.Done;
    }
}
