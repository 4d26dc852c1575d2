using Sluice.Cluster.RabbitMq;
using Sluice.Cluster.Sharding;
using Sluice.Hocon;
using Sluice.Host.Running;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Binding;

namespace Sluice.Cluster.Bench;

/// <summary>A member of the bench's cluster, in this process.</summary>
internal sealed class BenchMember : IAsyncDisposable
{
    public const string PortVariable = "SLUICE_BENCH_PORT";
    private const int Senders = 2_000;
    private const int Window = 50_000;
    private static readonly byte[] Payload = new byte[100];
    private readonly ActorSystem _system;
    private readonly Cluster _cluster;
    private readonly ClusterSharding _sharding;

    private BenchMember(ActorSystem system, Cluster cluster)
    {
        (_system, _cluster) = (system, cluster);
        _sharding = ClusterSharding.Get(system);
    }

    public Cluster Cluster => _cluster;

    public ActorSystem System => _system;

    public IActorRef Region => _sharding.ShardRegion("taker");

    public static void UseCredentials(string user, string password)
    {
        Environment.SetEnvironmentVariable("SLUICE_RABBITMQ_USER", user);
        Environment.SetEnvironmentVariable("SLUICE_RABBITMQ_PASSWORD", password);
    }

    public static async Task<BenchMember> JoinAsync(string name, string port, string role)
    {
        var config = ConfigurationFactory.ParseString(
            $$"""
            sluice.kernel { loglevel = ERROR, log-dead-letters = off }
            sluice.cluster { member = {{name}}, roles = [{{role}}], rabbitmq.connection.hosts = ["127.0.0.1:{{port}}"], sharding.number-of-shards = 8 }
            """);
        var system = ActorSystem.Create("sluice", config);
        var cluster = Cluster.Get(system);
        await cluster.JoinAsync(RabbitMqTransport.From(config));
        system.ActorOf(Props.Create<Counter>(), "counter");
        ClusterNodeHosts.Open(system, new NodeTypes([typeof(TubeEpochs).Assembly]));
        var member = new BenchMember(system, cluster);
        member._sharding.Start("taker", _ => Props.Create<Taker>(), new ClusterShardingSettings { StartEntities = [.. Enumerable.Range(0, 16).Select(i => $"e{i}")] });
        return member;
    }

    public async Task SeesAsync(params string[] names)
    {
        while (!names.All(name => _cluster.State.Members.Any(member => member.Name == name)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public Task<IActorRef> CounterAsync() => _system.ActorSelection("sluice://sluice@b/user/counter").ResolveOne(TimeSpan.FromSeconds(30));

    public async Task TellAsync(int count)
    {
        var counter = await CounterAsync();
        var pending = Task.FromResult<object>(0);
        for (var i = 1; i <= count; i++)
        {
            counter.Tell(Payload, ActorRefs.NoSender);
            if (i % Window == 0)
            {
                // A window ahead of the one that is known to have arrived: a sender that does not wait for anything would overrun any queue.
                await pending;
                pending = counter.Ask("sync");
            }
        }
        await pending;
        await counter.Ask("sync");
    }

    public Task SendDurableAsync(int count) => Task.WhenAll(Enumerable.Range(0, Senders).Select(async sender =>
    {
        var entity = $"e{sender % 16}";
        for (var i = 0; i < count / Senders; i++)
        {
            await _sharding.SendAsync("taker", entity, Payload);
        }
    }));

    public async ValueTask DisposeAsync() => await _system.DisposeAsync();

    private sealed class Counter : UntypedActor
    {
        private int _count;

        protected override void OnReceive(object message)
        {
            if (message is byte[])
            {
                _count++;
            }
            else
            {
                Sender.Tell(_count, Self);
            }
        }
    }

    private sealed class Taker : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is byte[])
            {
                Sender.Tell(EntityTaken.Instance, Self);
            }
            else
            {
                Sender.Tell(message, Self);
            }
        }
    }
}
