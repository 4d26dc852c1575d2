using Sluice.Actors.Tubes;
using Sluice.Host.Running;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Specification;

namespace Sluice.Cluster.Bench;

/// <summary>A tube of a source and four nodes without state, which lie on the two members in turn: each epoch crosses to the other member and back twice.</summary>
internal sealed class TubeEpochs : IAsyncDisposable
{
    private const string Tube = """
        tube: five
        nodes:
          count: { type: Sluice.Cluster.Bench.BenchNodes.Count }
          first: { type: Sluice.Cluster.Bench.BenchNodes.Next, depends: count.value }
          second: { type: Sluice.Cluster.Bench.BenchNodes.Next, depends: first.value }
          third: { type: Sluice.Cluster.Bench.BenchNodes.Next, depends: second.value }
          fourth: { type: Sluice.Cluster.Bench.BenchNodes.Next, depends: third.value }
        """;

    private readonly AsyncRunner _runner;

    private TubeEpochs(AsyncRunner runner) => _runner = runner;

    public static TubeEpochs Start(BenchMember here) => new(ClusterRunner.Start(
        here.System, TubeReader.FromYaml(Tube, "five.yaml"), new NodeTypes([typeof(TubeEpochs).Assembly]), new ClusterNodeHosts(here.System), null, null, null));

    public async Task RunAsync(int epochs)
    {
        await foreach (var _ in _runner.EpochsAsync(epochs))
        {
            // Only how many there are in a second counts.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        await _runner.Tube.DisposeAsync();
    }
}
