using Sluice.Messages.Tubes;
using Sluice.Tubes.Binding;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>
/// Runs nodes of others' tubes on this member, each an actor of its own below this one. Only types that this member knows can be asked for.
/// A node ends with whoever asked for it.
/// </summary>
public sealed class NodeHost : UntypedActor
{
    /// <summary>The name under which members look for each other's.</summary>
    public const string Name = "tube-nodes";

    private readonly INodeTypes _types;

    /// <summary>Hosts nodes of these types.</summary>
    public NodeHost(INodeTypes types) => _types = types;

    /// <summary>What to create it from.</summary>
    public static Props Props(INodeTypes types) => Kernel.Actor.Props.Create(() => new NodeHost(types));

    /// <inheritdoc/>
    protected override void OnReceive(object message)
    {
        if (message is HostNode wanted)
        {
            var owner = Sender;
            Context.ActorOf(Kernel.Actor.Props.Create(() => new HostedNode(_types, wanted, owner)));
        }
        else
        {
            Unhandled(message);
        }
    }

    /// <inheritdoc/>
    protected override SupervisorStrategy SupervisorStrategy() => Kernel.Actor.SupervisorStrategy.StoppingStrategy;
}
