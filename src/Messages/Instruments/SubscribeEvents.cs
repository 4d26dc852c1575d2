namespace Sluice.Messages.Instruments;

/// <summary>
/// To an instrument actor: send me what happens to actors, and to the queues, sockets, tasks and tubes that they start from then on. Answered with <see cref="EventsSubscribed"/> or <see cref="SubscriptionRefused"/>, then
/// with batches (<see cref="ObservedEvents"/>). A second one from the same subscriber replaces the first.
/// </summary>
public sealed record SubscribeEvents
{
    /// <summary>
    /// Paths of actors, without the address: <c>/user/pool</c>; <c>*</c> stands for one name or a part of it, <c>**</c> for any number of names.
    /// Empty for all of <c>/user/**</c>. The subscriber and what is below it are never watched: it would see itself seeing.
    /// </summary>
    public IReadOnlyList<string> Actors { get; init; } = [];

    /// <summary>Hooks, as spec and <c>docs/telemetry.md</c> name them, without <c>On</c>: <c>QueuePut</c>, <c>TaskError</c>. Empty for all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>Classes of messages, by their simple names; an event about another message is left out. Empty for all.</summary>
    public IReadOnlyList<string> MessageTypes { get; init; } = [];

    /// <summary>Sampling: one of so many events that pass the filters; at least 1.</summary>
    public int OneIn { get; init; } = 1;
}

/// <summary>No more events, please. Answered with <see cref="SubscriptionEnded"/>; harmless when there is no subscription.</summary>
public sealed record UnsubscribeEvents;

/// <summary>The subscriber is ready for the next batch. Sent to the sender of each <see cref="ObservedEvents"/>; without it the next comes only after a while.</summary>
public sealed record MoreEvents;

/// <summary>Who is subscribed? Answered with <see cref="EventSubscriptions"/>.</summary>
public sealed record GetEventSubscriptions;
