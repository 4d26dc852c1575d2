using Sluice.Instruments;
using Sluice.Messages.Instruments;

namespace Sluice.Actors.Instruments;

/// <summary>One subscription: passes on what its tap has kept, a batch at a time, and ends with its subscriber.</summary>
internal sealed class EventSubscription : ReceiveActor, IWithTimers
{
    private const string PatienceTimer = "patience";
    private const string RestTimer = "rest";

    private readonly IActorRef _subscriber;
    private readonly IReadOnlyList<string> _actors;
    private readonly InstrumentActorSettings _settings;
    private readonly EventTap _tap;
    private readonly IDisposable _watching;
    private IInstrumented? _named;
    private string _name = "";
    private bool _isReady = true;
    private bool _isResting;
    private long _delivered;
    private long _reported;

    public EventSubscription(IActorRef subscriber, SubscriptionPlan plan, InstrumentActorSettings settings)
    {
        (_subscriber, _actors, _settings) = (subscriber, plan.Actors, settings);
        var self = Self;
        _tap = plan.Tap(settings.Buffer, () => self.Tell(Waiting.Instance, ActorRefs.NoSender));
        _watching = plan.Watch(_tap);
        Context.Watch(subscriber);
        Receive<Waiting>(_ => PassOn());
        Receive<MoreEvents>(_ => Ready());
        Receive<OutOfPatience>(_ => Ready());
        Receive<Rested>(_ =>
        {
            _isResting = false;
            PassOn();
        });
        Receive<GetEventSubscriptions>(_ => Sender.Tell(new EventSubscriptionStatus(_subscriber.Path.ToString(), _actors, _delivered, _tap.Dropped)));
        Receive<UnsubscribeEvents>(_ =>
        {
            _watching.Dispose();
            Sender.Tell(new SubscriptionEnded(_delivered, _tap.Dropped));
            Context.Stop(Self);
        });
        Receive<Terminated>(_ => Context.Stop(Self));

        // Only now is the tap in place: said any earlier, by the parent, it would promise events that nobody sees.
        subscriber.Tell(new EventsSubscribed(_actors, settings.Buffer), Context.Parent);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PostStop() => _watching.Dispose();

    private void Ready()
    {
        _isReady = true;
        Timers.Cancel(PatienceTimer);
        PassOn();
    }

    private void PassOn()
    {
        if (!_isReady || _isResting)
        {
            return;
        }

        var batch = new List<InstrumentEvent>();
        _tap.Listen();
        while (batch.Count < _settings.Batch && _tap.TryTake(out var seen))
        {
            batch.Add(seen.InWords(NameOf(seen.Source)));
        }

        _tap.Release(batch.Count);

        if (batch.Count == 0)
        {
            return;
        }

        var dropped = _tap.Dropped;
        _subscriber.Tell(new ObservedEvents(batch, dropped - _reported));
        _delivered += batch.Count;
        _reported = dropped;
        _isReady = false;
        Timers.StartSingleTimer(PatienceTimer, OutOfPatience.Instance, _settings.Patience);
        if (batch.Count == _settings.Batch && _settings.Pause > TimeSpan.Zero)
        {
            _isResting = true;
            Timers.StartSingleTimer(RestTimer, Rested.Instance, _settings.Pause);
        }
    }

    // Many events in a row are of one source, whose name is a path that is put together anew each time.
    private string NameOf(IInstrumented source)
    {
        if (_named != source)
        {
            (_named, _name) = (source, TappedEvent.NameOf(source));
        }

        return _name;
    }

    /// <summary>Something waits in the tap.</summary>
    private sealed class Waiting : IDeadLetterSuppression
    {
        public static readonly Waiting Instance = new();
    }

    /// <summary>It has rested after a full batch.</summary>
    private sealed class Rested : IDeadLetterSuppression
    {
        public static readonly Rested Instance = new();
    }

    /// <summary>The subscriber has not said for long that it is ready: its word may have been lost on the way.</summary>
    private sealed class OutOfPatience : IDeadLetterSuppression
    {
        public static readonly OutOfPatience Instance = new();
    }
}
