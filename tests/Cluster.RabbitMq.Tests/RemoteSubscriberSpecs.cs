using System.Threading.Channels;
using Sluice.Actors.Instruments;
using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Messages.Instruments;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>Instrument actors across the broker: what happens on one member is told to an actor of another.</summary>
[Collection(BrokerCollection.Name)]
public sealed class RemoteSubscriberSpecs(BrokerFixture fixture) : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly string _prefix = "t" + Guid.NewGuid().ToString("N");
    private readonly Channel<object> _received = Channel.CreateUnbounded<object>();
    private readonly ActorSystem _here = System("here");
    private readonly ActorSystem _there = System("there");

    public async Task InitializeAsync()
    {
        await Cluster.Get(_here).JoinAsync(Transport());
        await Cluster.Get(_there).JoinAsync(Transport());
        await UntilAsync(() => Task.FromResult(Cluster.Get(_here).State.Members.Count == 2 && Cluster.Get(_there).State.Members.Count == 2));
    }

    public async Task DisposeAsync()
    {
        await _here.Terminate();
        await _there.Terminate();
    }

    [Fact]
    public async Task Instruments_4_2_an_actor_subscribes_across_the_broker_gets_every_event_in_order_and_is_forgotten_with_its_end()
    {
        const int Messages = 1_000;
        var settings = ConfigurationFactory.FromResource<InstrumentActor>().Bind<InstrumentActorSettings>("sluice.instruments");
        var instruments = InstrumentActor.Start(_there, settings);
        var worker = _there.ActorOf(Props.Create(() => new Worker()), "worker");
        var remote = ((ExtendedActorSystem)_here).Provider.ResolveActorRef(instruments.Path.ToSerializationFormatWithAddress(Cluster.Get(_there).SelfAddress));
        var subscriber = _here.ActorOf(Props.Create(() => new Subscriber(_received.Writer)), "subscriber");

        remote.Tell(new SubscribeEvents { Actors = ["/user/worker"], Events = ["QueueGet"] }, subscriber);
        (await NextAsync<EventsSubscribed>()).Actors.ShouldBe(["/user/worker"]);
        for (var number = 0; number < Messages; number++)
        {
            worker.Tell(number);
        }

        var seen = new List<InstrumentEvent>();
        while (seen.Count < Messages)
        {
            var batch = await NextAsync<ObservedEvents>();
            batch.Dropped.ShouldBe(0);
            seen.AddRange(batch.Events);
        }

        seen.Select(happened => happened.Message).ShouldBe(Enumerable.Range(0, Messages).Select(number => $"{number}"));
        seen.ShouldAllBe(happened => happened.Event == "QueueGet" && happened.Kind == nameof(Worker) && happened.Source.EndsWith("/user/worker", StringComparison.Ordinal));

        await subscriber.GracefulStop(Deadline);
        await UntilAsync(async () => (await remote.Ask<EventSubscriptions>(new GetEventSubscriptions(), Deadline)).Subscriptions.Count == 0);
    }

    private static ActorSystem System(string member) => ActorSystem.Create(
        "sluice", ConfigurationFactory.ParseString($"sluice.kernel.log-to-console = off, sluice.cluster.member = {member}"));

    // A grace longer than by default: a busy machine must have time to be back within it.
    private RabbitMqTransport Transport() => Configured.Transport(fixture.Broker, fixture.Broker.Port, $"prefix = {_prefix}, grace = 6s");

    private async Task<T> NextAsync<T>() => (await _received.Reader.ReadAsync().AsTask().WaitAsync(Deadline)).ShouldBeOfType<T>();

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }
    }

    private sealed class Worker : ReceiveActor
    {
        public Worker() => ReceiveAny(_ => { });
    }

    private sealed class Subscriber : ReceiveActor
    {
        public Subscriber(ChannelWriter<object> received) => ReceiveAny(message =>
        {
            received.TryWrite(message);
            if (message is ObservedEvents)
            {
                Sender.Tell(new MoreEvents());
            }
        });
    }
}
