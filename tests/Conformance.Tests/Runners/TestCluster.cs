using Sluice.Actors.Tubes.Placing;
using Sluice.Cluster.Transport.Memory;
using Sluice.Hocon;
using Sluice.Host.Running;
using Sluice.Kernel.Actor;
using Sluice.Testing.Nodes.Cases;
using Sluice.Tubes.Binding;

namespace Sluice.Conformance.Tests.Runners;

/// <summary>Three members of a cluster in this process: one that starts runs, and two that run their nodes.</summary>
internal sealed class TestCluster
{
    private static readonly Lazy<Task<TestCluster>> s_shared = new(StartAsync);

    private TestCluster(ActorSystem runner) => Runner = runner;

    public static Task<TestCluster> Shared => s_shared.Value;

    /// <summary>Where runs are started.</summary>
    public ActorSystem Runner { get; }

    /// <summary>Spreads the nodes of one tube over the other two.</summary>
    /// <param name="withState">Nodes with state as well.</param>
    public INodePlacing Placing(bool withState) => new ClusterPlacing(Runner, new ClusterNodeHosts(Runner), new PlacingOptions { WithState = withState });

    private static async Task<TestCluster> StartAsync()
    {
        var hub = new MemoryHub(TimeProvider.System);
        var runner = await JoinAsync(hub, "r", ClusterNodeHosts.RunnerRole);
        ClusterNodeHosts.Open(await JoinAsync(hub, "a", "worker"), new NodeTypes([typeof(CallLog).Assembly]));
        ClusterNodeHosts.Open(await JoinAsync(hub, "b", "worker"), new NodeTypes([typeof(CallLog).Assembly]));
        while (Cluster.Cluster.Get(runner).State.Members.Count < 3)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        return new TestCluster(runner);
    }

    private static async Task<ActorSystem> JoinAsync(MemoryHub hub, string name, string role)
    {
        // A member that is only slow is lost to nobody.
        var settings = ConfigurationFactory.ParseString($"sluice.kernel.log-to-console = off\nsluice.cluster {{ silence = 1h, member = {name}, roles = [{role}] }}");
        var system = ActorSystem.Create("conformance", BootstrapSetup.Create().WithConfig(settings));
        await Cluster.Cluster.Get(system).JoinAsync(hub.CreateTransport());
        return system;
    }
}
