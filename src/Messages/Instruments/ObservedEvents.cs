namespace Sluice.Messages.Instruments;

/// <summary>
/// The subscription is in force: what actors handle from now on is sent. Of an actor that exists already, <c>QueuePut</c> is seen from its next turn on.
/// </summary>
/// <param name="Actors">The patterns in force.</param>
/// <param name="BufferLimit">How many events wait for the subscriber at most; what finds no room is dropped and counted.</param>
public sealed record EventsSubscribed(IReadOnlyList<string> Actors, int BufferLimit);

/// <summary>There is no subscription.</summary>
/// <param name="Reason">Why, and what to write instead.</param>
public sealed record SubscriptionRefused(string Reason);

/// <summary>The subscription is over.</summary>
/// <param name="Delivered">Events sent.</param>
/// <param name="Dropped">Events dropped, because the subscriber was slower than what it watched.</param>
public sealed record SubscriptionEnded(long Delivered, long Dropped);

/// <summary>What happened, in order for each source. Answer the sender with <see cref="MoreEvents"/> when you are ready for the next.</summary>
/// <param name="Events">The events.</param>
/// <param name="Dropped">How many were dropped since the batch before, for want of room.</param>
public sealed record ObservedEvents(IReadOnlyList<InstrumentEvent> Events, long Dropped);

/// <summary>One thing that an instrument saw.</summary>
/// <param name="Number">Counts the events of a subscription, those dropped included.</param>
/// <param name="At">When.</param>
/// <param name="Event">The hook, without <c>On</c>.</param>
/// <param name="Source">Whom it happened to: an actor's path with its address, a queue, a connection's ends, a task, a tube, or <c>tube:node</c>.</param>
/// <param name="Kind">What that is: an actor's class, <c>queue</c>, <c>tcp</c>, <c>listener</c>, <c>task</c>, <c>tube</c>, <c>node</c>.</param>
/// <param name="MessageType">The class of the message, item or value; null when there is none.</param>
/// <param name="Message">The message, item or value in a few printable characters, or of a socket how many bytes; null when there is none.</param>
/// <param name="Elapsed">How long the message waited or its handling took; zero where that means nothing.</param>
/// <param name="Next">What the actor did next, where that is known.</param>
/// <param name="Error">The fault in one line, if there was one.</param>
/// <param name="Epoch">Of a tube's event: the epoch.</param>
public sealed record InstrumentEvent(
    long Number,
    DateTimeOffset At,
    string Event,
    string Source,
    string Kind,
    string? MessageType,
    string? Message,
    TimeSpan Elapsed,
    string? Next,
    string? Error,
    string? Epoch = null);

/// <summary>The living subscriptions.</summary>
/// <param name="Subscriptions">One for each subscriber.</param>
public sealed record EventSubscriptions(IReadOnlyList<EventSubscriptionStatus> Subscriptions);

/// <summary>How one subscription does.</summary>
/// <param name="Subscriber">The subscriber's path.</param>
/// <param name="Actors">Whom it watches.</param>
/// <param name="Delivered">Events sent.</param>
/// <param name="Dropped">Events dropped.</param>
public sealed record EventSubscriptionStatus(string Subscriber, IReadOnlyList<string> Actors, long Delivered, long Dropped);
