using System.Text.Json;
using Sluice.Cluster.Transport.Memory;
using Sluice.Hocon;
using Sluice.Host.Members.Pools;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;
using Sluice.Postgres.Rig;

namespace Sluice.Host.Tests.Members;

/// <summary>Pools that move between members of one process, with a real database.</summary>
public sealed class ClusterPoolsSpecs(ClusterPoolsSpecs.Database database) : IClassFixture<ClusterPoolsSpecs.Database>, IAsyncLifetime
{
    private const string Unreachable = "type = http, url = \"http://127.0.0.1:1/\"";
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);
    private readonly MemoryHub _hub = new();
    private readonly List<ActorSystem> _systems = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-pools-").FullName;
    private readonly string _schema = "pools_" + Guid.NewGuid().ToString("N");

    private string Output => Path.Combine(_folder, "out.jsonl");

    private string ToFile => $"type = file, path = \"{Output}\"";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var system in _systems)
        {
            await system.Terminate();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Pool_4_2_a_pool_is_reached_from_every_member()
    {
        var a = await JoinAsync("a", ToFile);
        var b = await JoinAsync("b", ToFile);

        await SendAsync(a, 1);
        await SendAsync(b, 2);

        await DeliveredAsync(1, 2);
        (await b.Ref("archive").Ask<PoolStatus>(new GetStatus(), Long)).Exporters.Single().Name.ShouldBe("out");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pool_4_3_another_member_takes_a_pool_over_with_all_its_unsent_data(bool isKilled)
    {
        var a = await JoinAsync("a", Unreachable);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => SendAsync(a, i)));
        var b = await JoinAsync("b", ToFile);

        if (isKilled)
        {
            _hub.Kill("a");
        }
        else
        {
            await Cluster.Cluster.Get(_systems[0]).LeaveAsync();
        }
        await SendAsync(b, 50);

        await DeliveredAsync([.. Enumerable.Range(0, 51)]);
    }

    [Fact]
    public async Task Pool_4_3_an_owner_that_was_overtaken_takes_nothing_any_more()
    {
        var a = await JoinAsync("a", Unreachable);
        await SendAsync(a, 1);
        _hub.Kill("a");
        var b = await JoinAsync("b", ToFile);
        await SendAsync(b, 2);
        await DeliveredAsync(1, 2);

        var overtaken = await _systems[0].ActorSelection("/user/pool-archive").ResolveOne(Long);
        var answer = await overtaken.Ask<SendAnswer>(new Send(PoolItem.Of(new { n = 3 })), Long);

        answer.ShouldBeOfType<SendAnswer.Refused>().Reason.ShouldBe(RefusalReason.JournalFailed);
    }

    [Fact]
    public async Task A_pool_that_is_not_described_is_named()
    {
        var a = await JoinAsync("a", ToFile);

        Should.Throw<KeyNotFoundException>(() => a.Ref("achive")).Message.ShouldContain("archive");
    }

    private static async Task SendAsync(ClusterPools pools, int n) =>
        (await pools.Ref("archive").Ask<SendAnswer>(new Send(PoolItem.Of(new { n })), Long)).ShouldBeOfType<SendAnswer.Accepted>();

    private async Task<ClusterPools> JoinAsync(string name, string sink)
    {
        var config = ConfigurationFactory.ParseString(
            $$"""
            sluice.kernel.log-to-console = off
            sluice.cluster { silence = 1h, member = {{name}}, sharding { number-of-shards = 4, rebalance-delay = 0s } }
            sluice.pools.archive {
              journal { kind = postgresql, connection-string = "{{database.Server.ConnectionString}}", schema = {{_schema}} }
              exporters.out { {{sink}} }
            }
            """);
        var system = ActorSystem.Create("sluice", config);
        _systems.Add(system);
        await Cluster.Cluster.Get(system).JoinAsync(_hub.CreateTransport());
        return ClusterPools.Start(system, config, _ => { });
    }

    private async Task DeliveredAsync(params int[] expected)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (!expected.All(Delivered().Contains))
        {
            deadline.Token.IsCancellationRequested.ShouldBeFalse($"missing: {string.Join(", ", expected.Except(Delivered()))}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private HashSet<int> Delivered() => !File.Exists(Output)
        ? []
        : [.. File.ReadAllText(Output).Split('\n')[..^1].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("n").GetInt32())];

    public sealed class Database : IAsyncLifetime
    {
        public PostgresServer Server { get; private set; } = null!;

        public async Task InitializeAsync() => Server = await PostgresServer.StartAsync();

        public Task DisposeAsync() => Server.DisposeAsync().AsTask();
    }
}
