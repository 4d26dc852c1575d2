using Sluice.Actors.Tubes.Runs;
using Sluice.Tubes.Events;

namespace Sluice.Actors.Tubes.Flow;

// Besides these the runner actor gets: a TubeRun, which begins a run; a NodeTask, which is a call that came back; a Burst, which is over.

/// <summary>To a node's actor: a call of its node has failed; the actor fails with it, so that its supervisor decides.</summary>
internal sealed record CallFailed(NodeTask Task) : IDeadLetterSuppression;

/// <summary>The supervisor has seen that a node failed.</summary>
internal sealed record NodeFailed(NodeTask Task) : IDeadLetterSuppression;

/// <summary>A failed call is to be made again now.</summary>
internal sealed record CallAgain(NodeTask Task) : IDeadLetterSuppression;

/// <summary>The caller has room for more results.</summary>
internal sealed record RoomMade(EpochStream Run) : IDeadLetterSuppression;

/// <summary>The caller wants the run to stop.</summary>
internal sealed record CancelRun(TubeRun Run) : IDeadLetterSuppression;

/// <summary>Calls that went on after a failure or cancellation have had their time.</summary>
internal sealed record GraceOver(TubeRun Run) : IDeadLetterSuppression;

/// <summary>The process-scoped assets of the next epoch are made, or could not be.</summary>
internal sealed record AssetsMade(TubeRun Run, object?[]? Assets, Exception? Failure) : IDeadLetterSuppression;

/// <summary>The process-scoped assets of an epoch are released, or such that no epoch needed.</summary>
internal sealed record AssetsReleased(AssetRelease Release, Exception? Failure) : IDeadLetterSuppression;

/// <summary>A nested tube told an event.</summary>
internal sealed record NestedEvent(string Node, TubeEvent Happened) : IDeadLetterSuppression;

/// <summary>Time to see whether the burst that is out is stuck in a call.</summary>
internal sealed record LookAfterBurst : INotInfluenceReceiveTimeout, IDeadLetterSuppression
{
    public static LookAfterBurst Now { get; } = new();
}
