using Sluice.Actors.Tubes.Flow;

namespace Sluice.Actors.Tubes;

/// <summary>A node's code has thrown; the inner exception is the code's own.</summary>
internal sealed class NodeFailedException(NodeTask task)
    : Exception($"The node {task.Call.Node.Id} failed in epoch {task.Call.Epoch}: {task.Error?.Message}", task.Error)
{
    public NodeTask Task { get; } = task;
}
