using Sluice.Actors.Tubes.Flow;
using Sluice.Actors.Tubes.Fusion;

namespace Sluice.Actors.Tubes;

/// <summary>
/// A node of a running tube. Gets its calls as messages and has them made on a thread of their own, so that it answers and can be stopped
/// whatever its code does. A call that fails makes it fail: what that means for the run is its supervisor's to say.
/// </summary>
internal sealed class NodeActor : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case NodeTask call:
                NodeThreads.Shared.Run(call);
                break;
            case CallFailed failed:
                throw new NodeFailedException(failed.Task);
            default:
                Unhandled(message);
                break;
        }
    }
}
