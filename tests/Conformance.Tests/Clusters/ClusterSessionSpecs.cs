using System.Text;
using System.Text.Json;
using Sluice.Cluster.Settings;
using Sluice.Hocon;
using Sluice.Host.Observing;
using Sluice.Host.Output;
using Sluice.Host.Running;
using Sluice.Testing.Nodes.Noob;

namespace Sluice.Conformance.Tests.Clusters;

/// <summary><c>sluice run --runner cluster</c>, but for the broker: members meet in memory.</summary>
public sealed class ClusterSessionSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-cluster").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_run_joins_the_cluster_spreads_its_nodes_and_leaves()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker"));
        var tube = Path.Combine(_folder, "tube.yaml");
        await File.WriteAllTextAsync(tube, """
            tube: spread
            nodes:
              a: { type: noob.testing.count_source, params: { limit: 5 } }
              b: { type: noob.testing.multiply, depends: [left: a.index] }
              c: { type: noob.testing.multiply, depends: [left: b.value] }
              r: { type: return, depends: c.value }
            """);
        var options = new RunOptions
        {
            Tube = new TubeReference(tube, [typeof(Functions).Assembly.Location], [], new Dictionary<string, object?>()),
            Runner = RunnerKind.Cluster,
            Cluster = new ClusterSession(ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"), ClusterSettings.From(ConfigurationFactory.ParseString("sluice.cluster.silence = 1h")), bench.Hub.CreateTransport),
            Observation = ObservationPlan.Read(null),
            Drain = TimeSpan.Zero,
        };
        using var output = new MemoryStream();
        await using (var view = new JsonView(output, TextWriter.Null, events: false))
        {
            await new TubeRun(options, view).RunAsync(CancellationToken.None).WaitAsync(ClusterBench.Deadline);
        }

        Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("value", out _))
            .Select(line => line.GetProperty("value").GetInt64())
            .ShouldBe([0, 4, 8, 12, 16]);
        (bench.CallsOf("a"), bench.CallsOf("b"), bench.CallsOf("c")).ShouldBe((0, 5, 5));
        bench.Members.Values.ShouldAllBe(member => member.Bound.Count == 1);
        await ClusterBench.UntilAsync(() => Cluster.Cluster.Get(bench.Runner).State.Members.Count == 3);
    }

    [Fact]
    public void A_file_without_a_cluster_is_said_with_what_to_write()
    {
        var file = Path.Combine(_folder, "pool.conf");
        File.WriteAllText(file, "sluice.pool.name = p");

        Should.Throw<ConfigException>(() => ClusterSession.Read(file))
            .Message.ShouldContain("there is no section 'sluice.cluster'");
    }
}
