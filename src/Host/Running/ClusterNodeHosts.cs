using Sluice.Actors.Tubes.Placing;
using Sluice.Cluster;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Binding;

namespace Sluice.Host.Running;

/// <summary>The members of a cluster as places for nodes. Those that are there for a single run only take no others' nodes.</summary>
internal sealed class ClusterNodeHosts(ActorSystem system) : INodeHosts
{
    /// <summary>The role of members that are there for a single run.</summary>
    public const string RunnerRole = "runner";

    private readonly Cluster.Cluster _cluster = Cluster.Cluster.Get(system);

    /// <inheritdoc/>
    public IReadOnlyList<HostingMember> Living =>
        [.. _cluster.State.Members.Where(member => member.Status == MemberStatus.Up && !member.HasRole(RunnerRole)).Select(Place)];

    /// <summary>Has this member run nodes of others' tubes.</summary>
    public static IActorRef Open(ActorSystem system, INodeTypes types) => system.ActorOf(NodeHost.Props(types), NodeHost.Name);

    /// <summary>Has this member run nodes of others' tubes, of the types in these assemblies, C# files or projects.</summary>
    /// <exception cref="Sluice.Tubes.Errors.TubeException">The code cannot be loaded or compiled.</exception>
    public static async Task<IActorRef> OpenAsync(ActorSystem system, IReadOnlyList<string> nodes, CancellationToken cancellationToken) =>
        Open(system, new NodeTypes(await new NodeSources().LoadAsync([.. nodes], cancellationToken).ConfigureAwait(false)));

    private HostingMember Place(Member member) => new(
        member.Name,
        member.Roles,
        member.Equals(_cluster.SelfMember),
        ((ExtendedActorSystem)system).Provider.ResolveActorRef($"{member.Address}/user/{NodeHost.Name}"));
}
