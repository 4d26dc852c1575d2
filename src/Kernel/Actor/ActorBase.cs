using Sluice.Kernel.Actor.Cells;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor;

/// <summary>The base of every actor: one message at a time, hooks for its life, children that it supervises.</summary>
public abstract class ActorBase
{
    private readonly ActorCell _cell;

    /// <summary>The message in hand and who sent it.</summary>
    internal Envelope InHand;

    /// <summary>Runs in the actor's first turn, called by the runtime.</summary>
    /// <exception cref="ActorInitializationException">Called with <c>new</c> from outside of the runtime.</exception>
    protected ActorBase()
    {
        _cell = ActorCell.Current is { } cell && ActorCell.IsCreating
            ? cell
            : throw new ActorInitializationException(null, $"{GetType()} is an actor: create it with ActorOf(Props.Create(...)), not with new.");
    }

    /// <summary>The context of the actor whose turn it is.</summary>
    /// <exception cref="NotSupportedException">No actor has its turn on this thread, as in code after <c>ConfigureAwait(false)</c>.</exception>
    protected static IActorContext Context => ActorCell.RequireCurrent();

    /// <summary>The actor's own ref.</summary>
    protected IActorRef Self => _cell.Self;

    /// <summary>Who sent the message in hand.</summary>
    protected IActorRef Sender => _cell.Sender;

    /// <summary>Handles a message, or tells that it does not.</summary>
    protected abstract bool Receive(object message);

    /// <summary>Called with a message that no behaviour takes: publishes <see cref="UnhandledMessage"/>.</summary>
    /// <exception cref="DeathPactException">The message is a <see cref="Terminated"/>.</exception>
    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
        {
            throw new DeathPactException(terminated.ActorRef);
        }
        Watched.Unhandled(_cell);
        _cell.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    /// <summary>Called once the first instance is made, ahead of all messages.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Called when the actor has stopped and all its children have.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>Called on the old instance of a restart. As it stands: unwatches and stops every child, then <see cref="PostStop"/>.</summary>
    /// <param name="reason">The failure.</param>
    /// <param name="message">The message in hand when it failed; it is not delivered again.</param>
    protected virtual void PreRestart(Exception reason, object? message)
    {
        foreach (var child in _cell.GetChildren())
        {
            _cell.Unwatch(child);
            _cell.Stop(child);
        }
        PostStop();
    }

    /// <summary>Called on the new instance of a restart. As it stands: <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception reason) => PreStart();

    /// <summary>How the failures of children are answered; asked once per instance.</summary>
    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    /// <summary>Replaces the behaviour on top of the stack.</summary>
    protected void Become(Receive receive) => _cell.Become(receive);

    /// <summary>Puts a behaviour on top of the stack.</summary>
    protected void BecomeStacked(Receive receive) => _cell.BecomeStacked(receive);

    /// <summary>Takes the behaviour on top of the stack away; the first one stays.</summary>
    protected void UnbecomeStacked() => _cell.UnbecomeStacked();

    /// <summary>Asks for a <see cref="ReceiveTimeout"/> whenever no message came for that long, until set to <c>null</c>.</summary>
    protected void SetReceiveTimeout(TimeSpan? timeout) => _cell.SetReceiveTimeout(timeout);

    internal bool OnReceive_InTurn(object message) => Receive(message);

    internal void OnUnhandled(object message) => Unhandled(message);

    internal void OnPreStart() => PreStart();

    internal void OnPostStop() => PostStop();

    internal void OnPreRestart(Exception reason, object? message) => PreRestart(reason, message);

    internal void OnPostRestart(Exception reason) => PostRestart(reason);

    internal SupervisorStrategy NewSupervisorStrategy() => SupervisorStrategy();

    /// <summary>The constructor has run.</summary>
    internal virtual void OnConstructed()
    {
    }

    private protected ActorCell Cell => _cell;
}
