using Sluice.Tubes.Binding;
using Sluice.Tubes.Epochs;
using Sluice.Tubes.Scheduling;

namespace Sluice.Tubes.Runners;

/// <summary>Where a runner of one's own can have a say in an epoch: each hook is called where its name says, and does what is usual unless it is overridden.</summary>
public abstract class RunnerHooks
{
    /// <summary>An epoch begins.</summary>
    protected internal virtual ValueTask BeforeProcessAsync(Epoch epoch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>These nodes are about to be called. What is taken out is not called in this epoch, which then stalls.</summary>
    protected internal virtual void FilterReady(List<ReadyNode> ready)
    {
    }

    /// <summary>The code that a call goes to.</summary>
    protected internal virtual INodeCode GetNode(ReadyNode ready) => ready.Node.Code;

    /// <summary>Takes a call's inputs.</summary>
    protected internal virtual void CollectInput(NodeInvocation call) => call.Collect();

    /// <summary>The inputs are there, the node is about to be called.</summary>
    protected internal virtual void BeforeCall(NodeInvocation call)
    {
    }

    /// <summary>Calls the node.</summary>
    protected internal virtual ValueTask CallAsync(NodeInvocation call) =>
        GetNode(new ReadyNode(call.Frame, call.Node)).CallAsync(call.Inputs, call.Results, call.Call);

    /// <summary>The node has given its results; they are not events yet.</summary>
    protected internal virtual void AfterCall(NodeInvocation call)
    {
    }

    /// <summary>An epoch has ended; what this gives is the result of the call.</summary>
    protected internal virtual ValueTask<object?> AfterProcessAsync(Epoch epoch, object? result, CancellationToken cancellationToken) => new(result);
}
