using Sluice.Actors.Tubes.Flow;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tubes;

/// <summary>A node's code has thrown; the inner exception is the code's own.</summary>
internal sealed class NodeFailedException(NodeTask task)
    : Exception(task.Error is { } error ? NodeFailure.Of(task.Call, error).ToString() : $"{task} failed", task.Error)
{
    public NodeTask Task { get; } = task;
}
