using System.Threading.Channels;
using Sluice.Actors.Tests.Pools;
using Sluice.Kernel.Actor;
using Sluice.Messages.Instruments;

namespace Sluice.Actors.Tests.Instruments;

/// <summary>An actor that subscribes and hands the test what it gets; answers batches by itself, or when the test says so.</summary>
internal sealed class Subscriber
{
    private readonly Channel<(object Message, IActorRef Sender)> _received = Channel.CreateUnbounded<(object, IActorRef)>();
    private readonly Queue<InstrumentEvent> _events = [];
    private IActorRef _last = ActorRefs.Nobody;

    public Subscriber(ActorSystem system, bool answers) => Actor = system.ActorOf(Props.Create(() => new Keeper(_received.Writer, answers)));

    public IActorRef Actor { get; }

    public async Task SubscribeAsync(IActorRef instruments, SubscribeEvents wish)
    {
        instruments.Tell(wish, Actor);
        await NextAsync<EventsSubscribed>();
    }

    public async Task<SubscriptionEnded> UnsubscribeAsync(IActorRef instruments)
    {
        instruments.Tell(new UnsubscribeEvents(), Actor);
        return await NextAsync<SubscriptionEnded>();
    }

    public void Answer() => _last.Tell(new MoreEvents(), Actor);

    public Task<ObservedEvents> NextBatchAsync() => NextAsync<ObservedEvents>();

    public async Task<List<InstrumentEvent>> TakeAsync(int count)
    {
        while (_events.Count < count)
        {
            (await NextBatchAsync()).Events.ToList().ForEach(_events.Enqueue);
        }

        return [.. Enumerable.Range(0, count).Select(_ => _events.Dequeue())];
    }

    private async Task<T> NextAsync<T>()
    {
        while (true)
        {
            var (message, sender) = await _received.Reader.ReadAsync().AsTask().Within();
            if (message is ObservedEvents)
            {
                _last = sender;
            }

            if (message is T wanted)
            {
                return wanted;
            }
        }
    }

    private sealed class Keeper : ReceiveActor
    {
        public Keeper(ChannelWriter<(object, IActorRef)> received, bool answers) => ReceiveAny(message =>
        {
            received.TryWrite((message, Sender));
            if (answers && message is ObservedEvents)
            {
                Sender.Tell(new MoreEvents());
            }
        });
    }
}
