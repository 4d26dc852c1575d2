using System.Globalization;
using System.Text.Json;
using Sluice.Rabbit.Rig;

namespace Sluice.Acceptance.Tests.Members;

/// <summary><c>sluice run --runner cluster</c>: a run whose nodes are called in other processes, one of which is killed.</summary>
public sealed class ClusterRunSpecs : IAsyncLifetime
{
    private const string Nodes = """
        public static class Numbers
        {
            public static async IAsyncEnumerable<int> Count(string killed, CancellationToken cancellationToken = default)
            {
                for (var i = 0; ; i++)
                {
                    do
                    {
                        await Task.Delay(5, cancellationToken);
                    }
                    while (i == 200 && !System.IO.File.Exists(killed));

                    yield return i;
                }
            }

            public static int Twice(int value) => value * 2;

            public static int Process(int value) => Environment.ProcessId;
        }
        """;

    private const string Tube = """
        tube: spread
        nodes:
          count: { type: Numbers.Count, params: { killed: KILLED } }
          twice: { type: Numbers.Twice, depends: count.value }
          first: { type: Numbers.Process, depends: twice.value }
          second: { type: Numbers.Process, depends: twice.value }
          return: { type: return, depends: [n: twice.value, first: first.value, second: second.value] }
        """;

    private readonly TemporaryFolder _folder = new();
    private Broker _broker = null!;

    public async Task InitializeAsync()
    {
        _broker = await Broker.StartAsync();
        _folder.Write("nodes.cs", Nodes);
        _folder.Write("tube.yaml", Tube.Replace("KILLED", $"\"{_folder["killed"]}\"", StringComparison.Ordinal));
        _folder.Write("cluster.conf", string.Create(CultureInfo.InvariantCulture, $"sluice.cluster {{ name = runs, rabbitmq.connection {{ hosts = [\"127.0.0.1:{_broker.Port}\"] }} }}"));
    }

    public async Task DisposeAsync()
    {
        await _broker.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Cluster_4_a_member_killed_in_mid_run_costs_no_result_and_repeats_none()
    {
        await using var a = await JoinAsync("a");
        await using var b = await JoinAsync("b");
        await using var run = SluiceProcess.Start(_folder.Path, Environment, "run", "tube.yaml", "--runner", "cluster", "--config", "cluster.conf", "--epochs", "400", "--output", "json");
        await run.LineAsync(line => line.Contains("\"n\":100,", StringComparison.Ordinal));

        b.Kill();
        await b.ExitAsync();
        _folder.Write("killed", "The source has waited for this: what it gives from now on never meets the one that was killed.");

        (await run.ExitAsync()).ShouldBe(0, string.Join('\n', run.Errors));
        var values = run.Output.Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("value", out _)).Select(line => line.GetProperty("value")).ToList();
        values.Select(value => value.GetProperty("n").GetInt32()).ShouldBe(Enumerable.Range(0, 400).Select(index => 2 * index));
        Processes(values[0]).ShouldBe([a.Id, b.Id], ignoreOrder: true);
        Processes(values[^1]).ShouldBe([a.Id, a.Id]);
    }

    private static int[] Processes(JsonElement value) => [value.GetProperty("first").GetInt32(), value.GetProperty("second").GetInt32()];

    private Dictionary<string, string> Environment => new() { ["SLUICE_RABBITMQ_USER"] = _broker.User, ["SLUICE_RABBITMQ_PASSWORD"] = _broker.Password };

    private async Task<SluiceProcess> JoinAsync(string name)
    {
        var member = SluiceProcess.Start(_folder.Path, Environment, "member", "--config", "cluster.conf", "--name", name, "--nodes", "nodes.cs");
        await member.LineAsync(line => line.Contains($"{name} has joined cluster runs", StringComparison.Ordinal));
        return member;
    }
}
