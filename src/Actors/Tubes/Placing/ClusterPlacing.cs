using Sluice.Messages.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification;

namespace Sluice.Actors.Tubes.Placing;

/// <summary>
/// Spreads the nodes of a tube over members. What is not said in the tube is decided so: a stateless node that may travel goes to the members in
/// turn; everything else (special nodes, nested tubes, nodes with state, with assets, or that ask for their runner) stays with the runner.
/// </summary>
/// <remarks>
/// The state of a node that was sent away on purpose is made again when its member is lost: the calls it has had are made again on another, as far as
/// they are kept (<see cref="PlacingOptions.KeptCalls"/>); a source goes on behind the values it has given. One placing for each tube.
/// </remarks>
/// <param name="system">Where the runner lives.</param>
/// <param name="hosts">The members.</param>
/// <param name="options">How nodes find their places.</param>
public sealed class ClusterPlacing(ActorSystem system, INodeHosts hosts, PlacingOptions? options = null) : INodePlacing
{
    private readonly PlacingOptions _options = options ?? new PlacingOptions();
    private long _turns;

    internal ActorSystem System => system;

    /// <inheritdoc/>
    public INodeCode Place(NodeToPlace node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var isAsked = node.Placement is Placement.Role || node.Specification.Placement is Placement.RoundRobin || node.Specification.PartitionBy is not null;
        if (node.Specification.Placement is Placement.Role or Placement.RoundRobin && Obstacle(node) is { } obstacle)
        {
            throw new WiringException($"placement is {node.Specification.Placement}, but the node cannot run on another member: {obstacle}. Write placement: local.");
        }

        if (node.Specification.PartitionBy is not null && node.Code.IsSource)
        {
            throw new WiringException("partition-by is for nodes that take something; a source takes nothing.");
        }

        var stays = node.Placement is Placement.Local || Obstacle(node) is not null || (node.IsStateful && !isAsked && !_options.WithState);
        return stays ? node.Code : new PlacedNode(this, node, _turns++);
    }

    internal HostingMember? Choose(Placement? placement, long turn) => Seats.Choose(hosts.Living, placement, turn);

    internal int CountOf(Placement? placement) => hosts.Living.Count(member => placement is not Placement.Role role || member.Roles.Contains(role.Name));

    internal IActorRef NewAgent(HostNode node, Placement? placement, long turn, NodeToPlace placed, TimeProvider time)
    {
        var settings = _options;
        var isSource = placed.Code.IsSource;
        var history = placed.IsStateful && !isSource ? new CallHistory(settings.KeptCalls, settings.KeptBytes) : null;
        Func<HostingMember?> find = () => Choose(placement, turn);
        return system.ActorOf(Props.Create(() => new PlacedNodeAgent(node, find, isSource, history, settings, time)), $"placed-{Guid.NewGuid():n}");
    }

    private static string? Obstacle(NodeToPlace node) =>
        node.UsesAssets ? "it uses an asset, which is an object of the runner's process"
        : node.Code.CanTravel ? null
        : "it asks for its runner or for events, or its slots and signals are declared as objects of a process";
}
