using Sluice.Actors.Tubes;
using Sluice.Actors.Tubes.Placing;
using Sluice.Cluster.Transport.Memory;
using Sluice.Hocon;
using Sluice.Host.Running;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Conformance.Tests.Clusters;

/// <summary>A cluster for one test: a member that starts runs, and others that run nodes and count what they do.</summary>
internal sealed class ClusterBench : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<ActorSystem> _systems = [];
    private readonly List<AsyncRunner> _runners = [];

    public MemoryHub Hub { get; } = new(TimeProvider.System);

    public ActorSystem Runner { get; private set; } = null!;

    public Dictionary<string, WatchedTypes> Members { get; } = [];

    public static async Task<ClusterBench> StartAsync(params (string Name, string Roles)[] members)
    {
        var bench = new ClusterBench();
        bench.Runner = await bench.JoinAsync("r", ClusterNodeHosts.RunnerRole);
        foreach (var (name, roles) in members)
        {
            await bench.AddAsync(name, roles);
        }

        return bench;
    }

    public async Task AddAsync(string name, string roles)
    {
        ClusterNodeHosts.Open(await JoinAsync(name, roles), Members[name] = new WatchedTypes());
        await UntilAsync(() => Cluster.Cluster.Get(Runner).State.Members.Any(member => member.Name == name));
    }

    public AsyncRunner Run(string nodes, PlacingOptions? placing = null, RunnerOptions? options = null)
    {
        var yaml = "noob_id: test\n" + nodes.Replace("T.", "Sluice.Conformance.Tests.Clusters.", StringComparison.Ordinal);
        var runner = ClusterRunner.Start(
            Runner, TubeReader.FromYaml(yaml, "test.yaml"), new NodeTypes([typeof(ClusterNodes).Assembly]), new ClusterNodeHosts(Runner), null, options, placing);
        _runners.Add(runner);
        return runner;
    }

    public int CallsOf(string node) => Members.Values.Sum(member => member.Calls.GetValueOrDefault(node));

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in _runners)
        {
            await runner.DisposeAsync();
            await runner.Tube.DisposeAsync();
        }

        foreach (var system in _systems)
        {
            await system.Terminate().WaitAsync(Deadline);
        }
    }

    private async Task<ActorSystem> JoinAsync(string name, string roles)
    {
        // A member that is only slow is lost to nobody.
        var settings = ConfigurationFactory.ParseString($"sluice.kernel.log-to-console = off\nsluice.cluster {{ silence = 1h, member = {name}, roles = [{roles}] }}");
        var system = ActorSystem.Create("tubes", BootstrapSetup.Create().WithConfig(settings));
        _systems.Add(system);
        await Cluster.Cluster.Get(system).JoinAsync(Hub.CreateTransport());
        return system;
    }
}
