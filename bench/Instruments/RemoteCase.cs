using Sluice.Actors.Instruments;
using Sluice.Cluster.RabbitMq;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Transport.Memory;
using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Messages.Instruments;
using Sluice.Rabbit.Rig;

namespace Sluice.Instruments.Bench;

/// <summary>One thread tells, one actor handles, and an actor of another member is sent every event, or is told how many it missed.</summary>
/// <param name="isRabbit">Whether the members are joined by a broker; else in memory.</param>
internal sealed class RemoteCase(bool isRabbit) : IBenchCase
{
    private readonly MemoryHub _hub = new();
    private readonly List<IAsyncDisposable> _ends = [];
    private Broker? _broker;

    public string Name => $"remote tell ({(isRabbit ? "RabbitMQ" : "in memory")})";

    public string Unit => "msg/s";

    public int Operations => 100_000;

    public async ValueTask<IReadOnlyList<Contender>> Contenders()
    {
        if (isRabbit)
        {
            _broker = await Broker.StartAsync();
            Environment.SetEnvironmentVariable("SLUICE_RABBITMQ_USER", _broker.User);
            Environment.SetEnvironmentVariable("SLUICE_RABBITMQ_PASSWORD", _broker.Password);
        }

        var alone = await JoinedAsync("alone");
        var watched = await JoinedAsync("watched");
        var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var elsewhere = await JoinedAsync("elsewhere");
        var settings = ConfigurationFactory.FromResource<InstrumentActor>().Bind<InstrumentActorSettings>("sluice.instruments");
        var instruments = InstrumentActor.Start(watched.System, settings);
        var subscriber = elsewhere.System.ActorOf(Props.Create(() => new Subscriber(subscribed)), "subscriber");
        await SeesAsync(elsewhere.System, "watched");
        ((ExtendedActorSystem)elsewhere.System).Provider.ResolveActorRef(instruments.Path.ToSerializationFormatWithAddress(Cluster.Cluster.Get(watched.System).SelfAddress))
            .Tell(new SubscribeEvents { Actors = ["/user/counter"] }, subscriber);
        await subscribed.Task;
        return [new("none", alone.FromOutside), new("one remote subscriber", watched.FromOutside)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var end in _ends)
        {
            await end.DisposeAsync();
        }

        if (_broker is not null)
        {
            await _broker.DisposeAsync();
        }
    }

    private static async Task SeesAsync(ActorSystem system, string member)
    {
        while (!Cluster.Cluster.Get(system).State.Members.Any(known => known.Name == member))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private async Task<TellLoad> JoinedAsync(string member)
    {
        var settings = $"sluice.cluster.member = {member}\n{(isRabbit ? $"sluice.cluster.rabbitmq.connection.hosts = [\"127.0.0.1:{_broker!.Port}\"]" : "")}";
        var load = new TellLoad(settings);
        _ends.Add(load);
        ITransport transport = isRabbit ? RabbitMqTransport.From(ConfigurationFactory.ParseString(settings)) : _hub.CreateTransport();
        await Cluster.Cluster.Get(load.System).JoinAsync(transport);
        return load;
    }

    private sealed class Subscriber : ReceiveActor
    {
        public Subscriber(TaskCompletionSource subscribed)
        {
            Receive<EventsSubscribed>(_ => subscribed.TrySetResult());
            Receive<ObservedEvents>(_ => Sender.Tell(new MoreEvents()));
        }
    }
}
