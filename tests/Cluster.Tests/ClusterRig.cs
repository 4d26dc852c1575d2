using Sluice.Cluster.Transport.Memory;
using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.TestKit;

namespace Sluice.Cluster.Tests;

/// <summary>A cluster of systems in this process: a hub and the members that joined it.</summary>
public abstract class ClusterRig : IAsyncLifetime
{
    private readonly List<Node> _nodes = [];

    /// <summary>The hub's clock: silences pass only when a test advances it.</summary>
    protected TestClock HubClock { get; } = new();

    protected MemoryHub Hub { get; private set; } = null!;

    public Task InitializeAsync()
    {
        Hub = new MemoryHub(HubClock);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    protected Node NewNode(string name, string roles = "", string config = "", TimeProvider? clock = null)
    {
        var settings = ConfigurationFactory.ParseString(
            $$"""
            sluice.kernel { log-to-console = off, shutdown-timeout = 60s, coordinated-shutdown.default-phase-timeout = 60s }
            # A member that is only slow is lost to nobody: silences are the tests' own.
            sluice.cluster { member = {{name}}, roles = [{{roles}}], silence = 1h, sharding { number-of-shards = 8, rebalance-delay = 0s, hand-off-timeout = 60s } }
            {{config}}
            """);
        var node = new Node(ActorSystem.Create("sluice", BootstrapSetup.Create().WithConfig(settings).WithTimeProvider(clock ?? TimeProvider.System)));
        node.Cluster.Messages.RegisterMarked(typeof(ClusterRig).Assembly);
        _nodes.Add(node);
        return node;
    }

    protected async Task<Node> JoinAsync(string name, string roles = "", string config = "")
    {
        var node = NewNode(name, roles, config);
        await node.Cluster.JoinAsync(Hub.CreateTransport());
        return node;
    }

    /// <summary>Members that know each other.</summary>
    protected async Task<Node[]> JoinAllAsync(params string[] names)
    {
        var nodes = new List<Node>();
        foreach (var name in names)
        {
            nodes.Add(await JoinAsync(name));
        }
        foreach (var node in nodes)
        {
            await node.SeesAsync(names);
        }
        return [.. nodes];
    }

    protected sealed class Node(ActorSystem system) : IAsyncDisposable
    {
        public ActorSystem System => system;

        public Cluster Cluster { get; } = Cluster.Get(system);

        public TestKit.TestKit Kit { get; } = new(system);

        public string Name => Cluster.Settings.Member;

        public IActorRefProvider Provider => ((ExtendedActorSystem)system).Provider;

        public Task SeesAsync(params string[] names) => Kit.AwaitConditionAsync(
            () => Cluster.State.Members.Select(member => member.Name).Order().SequenceEqual(names.Order()), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(2)).AsTask();

        /// <summary>A local actor's ref as another member has it.</summary>
        public IActorRef RefTo(Node other, IActorRef actor) =>
            Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(other.Cluster.SelfAddress));

        public ValueTask DisposeAsync() => system.DisposeAsync();
    }
}
