using System.Collections.Concurrent;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Event;

/// <summary>Brings published events to those who subscribed to their type, to a base type or to an interface of theirs.</summary>
public sealed class EventStream
{
    private readonly Lock _gate = new();
    private readonly Watcher _watcher;

    // Under the gate.
    private readonly List<(IActorRef Subscriber, Type Channel)> _subscriptions = [];

    // Who gets an event, by its type; thrown away whenever a subscription changes.
    private volatile ConcurrentDictionary<Type, IActorRef[]> _receivers = new();

    internal EventStream(ActorPath watcher, LogLevel logLevel)
    {
        _watcher = new Watcher(this, watcher);
        LogLevel = logLevel;
    }

    /// <summary>Log events below this are not published.</summary>
    public LogLevel LogLevel { get; }

    /// <summary>Gives a subscriber the events of a type from now on, until it unsubscribes or stops; false when it has them already.</summary>
    public bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        bool isNew;
        lock (_gate)
        {
            if (_subscriptions.Contains((subscriber, channel)))
            {
                return false;
            }
            isNew = !_subscriptions.Exists(subscription => subscription.Subscriber.Equals(subscriber));
            _subscriptions.Add((subscriber, channel));
            _receivers = new();
        }
        if (isNew && subscriber is LocalActorRef actor)
        {
            actor.SendSystemMessage(new Watch(actor, _watcher));
        }
        return true;
    }

    /// <summary>Takes one subscription back; false when there was none.</summary>
    public bool Unsubscribe(IActorRef subscriber, Type channel) =>
        Remove(subscription => subscription.Subscriber.Equals(subscriber) && subscription.Channel == channel);

    /// <summary>Takes all subscriptions of a subscriber back; false when there was none.</summary>
    public bool Unsubscribe(IActorRef subscriber) => Remove(subscription => subscription.Subscriber.Equals(subscriber));

    /// <summary>Sends an event to all who subscribed to it, in the caller's thread.</summary>
    public void Publish(object @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        if (@event is LogEvent log && log.LogLevel() < LogLevel)
        {
            return;
        }
        var receivers = _receivers;
        if (!receivers.TryGetValue(@event.GetType(), out var subscribers))
        {
            subscribers = Find(@event.GetType());
            receivers[@event.GetType()] = subscribers;
        }
        foreach (var subscriber in subscribers)
        {
            subscriber.Tell(@event, ActorRefs.NoSender);
        }
    }

    private IActorRef[] Find(Type type)
    {
        lock (_gate)
        {
            return [.. _subscriptions.Where(one => one.Channel.IsAssignableFrom(type)).Select(one => one.Subscriber).Distinct()];
        }
    }

    private bool Remove(Predicate<(IActorRef Subscriber, Type Channel)> which)
    {
        lock (_gate)
        {
            var removed = _subscriptions.RemoveAll(which) > 0;
            _receivers = removed ? new() : _receivers;
            return removed;
        }
    }

    /// <summary>Learns of subscribers' ends.</summary>
    private sealed class Watcher(EventStream stream, ActorPath path) : MinimalActorRef
    {
        public override ActorPath Path => path;

        public override IActorRefProvider? Provider => null;

        public override void SendSystemMessage(ISystemMessage message)
        {
            if (message is DeathWatchNotification death)
            {
                stream.Unsubscribe(death.Actor);
            }
        }
    }
}
