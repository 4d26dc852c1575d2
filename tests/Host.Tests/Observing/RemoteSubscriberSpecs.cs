using System.Threading.Channels;
using Sluice.Cluster.Transport.Memory;
using Sluice.Hocon;
using Sluice.Host.Observing;
using Sluice.Kernel.Actor;
using Sluice.Messages.Instruments;

namespace Sluice.Host.Tests.Observing;

public sealed class RemoteSubscriberSpecs : IAsyncLifetime, IAsyncDisposable
{
    private readonly MemoryHub _hub = new();
    private readonly Channel<object> _received = Channel.CreateUnbounded<object>();
    private readonly ActorSystem _here = System("here");
    private readonly ActorSystem _there = System("there");

    public async Task InitializeAsync()
    {
        await Cluster.Cluster.Get(_here).JoinAsync(_hub.CreateTransport());
        await Cluster.Cluster.Get(_there).JoinAsync(_hub.CreateTransport());
        await UntilAsync(() => Task.FromResult(Cluster.Cluster.Get(_here).State.Members.Count == 2 && Cluster.Cluster.Get(_there).State.Members.Count == 2));
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _here.Terminate();
        await _there.Terminate();
    }

    [Fact]
    public async Task Instruments_4_2_an_actor_of_another_member_subscribes_and_is_forgotten_with_its_end()
    {
        var remote = RefFromHere(Observation.Serve(_there, ConfigurationFactory.Empty));
        var worker = _there.ActorOf(Props.Create(() => new Worker()), "worker");
        var subscriber = _here.ActorOf(Props.Create(() => new Subscriber(_received.Writer)), "subscriber");

        remote.Tell(new SubscribeEvents { Events = ["TaskAfterSend"] }, subscriber);
        await NextAsync<EventsSubscribed>();
        worker.Tell("hello");

        var happened = (await NextAsync<ObservedEvents>()).Events.ShouldHaveSingleItem();
        (happened.Message, happened.Kind, happened.Next).ShouldBe(("hello", nameof(Worker), "Waits"));
        happened.Source.ShouldEndWith("/user/worker");

        await subscriber.GracefulStop(RunningSluice.Deadline);
        await UntilAsync(async () => (await remote.Ask<EventSubscriptions>(new GetEventSubscriptions(), RunningSluice.Deadline)).Subscriptions.Count == 0);
    }

    [Fact]
    public async Task Instruments_4_2_a_subscriber_whose_member_is_killed_is_forgotten_and_what_it_watched_goes_on()
    {
        var instruments = Observation.Serve(_there, ConfigurationFactory.Empty);
        var worker = _there.ActorOf(Props.Create(() => new Worker()), "worker");
        RefFromHere(instruments).Tell(new SubscribeEvents(), _here.ActorOf(Props.Create(() => new Subscriber(_received.Writer)), "subscriber"));
        await NextAsync<EventsSubscribed>();

        _hub.Kill("here");
        for (var number = 0; number < 10_000; number++)
        {
            worker.Tell(number);
        }

        await UntilAsync(async () => (await instruments.Ask<EventSubscriptions>(new GetEventSubscriptions(), RunningSluice.Deadline)).Subscriptions.Count == 0);
        (await worker.Ask<ActorIdentity>(new Identify("still there"), RunningSluice.Deadline)).MessageId.ShouldBe("still there");
    }

    private static ActorSystem System(string member) => ActorSystem.Create(
        "sluice", ConfigurationFactory.ParseString($"sluice.kernel.log-to-console = off, sluice.cluster {{ silence = 1h, member = {member} }}"));

    private IActorRef RefFromHere(IActorRef there) => ((ExtendedActorSystem)_here).Provider.ResolveActorRef(
        there.Path.ToSerializationFormatWithAddress(Cluster.Cluster.Get(_there).SelfAddress));

    private async Task<T> NextAsync<T>() => (await _received.Reader.ReadAsync().AsTask().WaitAsync(RunningSluice.Deadline)).ShouldBeOfType<T>();

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(RunningSluice.Deadline);
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
