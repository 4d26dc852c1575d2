using Sluice.Messages.Instruments;

namespace Sluice.Actors.Instruments;

/// <summary>
/// Lets any actor, here or on another member, see what happens to the actors of this system: it understands the messages of
/// <c>Sluice.Messages.Instruments</c>. Each subscription is a child of its own, so a slow or dead subscriber slows nobody.
/// </summary>
public sealed class InstrumentActor : ReceiveActor
{
    /// <summary>What the actor is called: <c>/user/instruments</c>.</summary>
    public const string Name = "instruments";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly InstrumentActorSettings _settings;
    private readonly Dictionary<IActorRef, IActorRef> _subscriptions = [];
    private long _made;

    internal InstrumentActor(InstrumentActorSettings settings)
    {
        _settings = settings;
        Receive<SubscribeEvents>(OnSubscribe);
        Receive<UnsubscribeEvents>(OnUnsubscribe);
        Receive<GetEventSubscriptions>(_ => StatusAsync([.. _subscriptions.Values]).PipeTo(Sender, Self));
        Receive<Terminated>(message => Forget(message.ActorRef));
    }

    /// <summary>Starts the actor of a system; one is enough for all subscribers.</summary>
    /// <param name="system">The system that is watched, and whose actor it is.</param>
    /// <param name="settings">How it serves its subscribers.</param>
    public static IActorRef Start(ActorSystem system, InstrumentActorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(system);
        return system.ActorOf(Props.Create(() => new InstrumentActor(settings)), Name);
    }

    private void OnSubscribe(SubscribeEvents wish)
    {
        var subscriber = Sender;
        string[] exempt = subscriber.Path.Address.Equals(Self.Path.Address) ? [Path(Self), Path(subscriber)] : [Path(Self)];
        if (!SubscriptionPlan.TryMake(Context.System, wish, exempt, out var plan, out var refusal))
        {
            subscriber.Tell(new SubscriptionRefused(refusal));
            return;
        }

        if (_subscriptions.Remove(subscriber, out var earlier))
        {
            Context.Stop(earlier);
        }

        var settings = _settings;
        var subscription = Context.ActorOf(Props.Create(() => new EventSubscription(subscriber, plan, settings)), $"subscription-{++_made}");
        _subscriptions.Add(subscriber, subscription);
        Context.Watch(subscription);
    }

    private void OnUnsubscribe(UnsubscribeEvents message)
    {
        if (_subscriptions.Remove(Sender, out var subscription))
        {
            subscription.Forward(message);
        }
        else
        {
            Sender.Tell(new SubscriptionEnded(0, 0));
        }
    }

    private void Forget(IActorRef subscription)
    {
        if (_subscriptions.FirstOrDefault(entry => entry.Value.Equals(subscription)).Key is { } subscriber)
        {
            _subscriptions.Remove(subscriber);
        }
    }

    private static string Path(IActorRef actor) => PathPattern.WithoutAddress(actor.Path.ToString()).ToString();

    private static async Task<EventSubscriptions> StatusAsync(IReadOnlyList<IActorRef> subscriptions)
    {
        var asked = await Task.WhenAll(subscriptions.Select(AskAsync)).ConfigureAwait(false);
        return new([.. asked.OfType<EventSubscriptionStatus>().OrderBy(status => status.Subscriber, StringComparer.Ordinal)]);
    }

    /// <summary>One that has just ended does not answer.</summary>
    private static async Task<EventSubscriptionStatus?> AskAsync(IActorRef subscription)
    {
        try
        {
            return await subscription.Ask<EventSubscriptionStatus>(new GetEventSubscriptions(), Patience).ConfigureAwait(false);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
