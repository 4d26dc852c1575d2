using Sluice.Kernel.Actor.Cells;

namespace Sluice.Kernel.Actor;

/// <summary>An actor with one method for all messages.</summary>
public abstract class UntypedActor : ActorBase
{
    /// <summary>The context of the actor whose turn it is.</summary>
    /// <exception cref="NotSupportedException">No actor has its turn on this thread.</exception>
    protected static new IUntypedActorContext Context => ActorCell.RequireCurrent();

    /// <summary>Handles a message.</summary>
    protected abstract void OnReceive(object message);

    /// <inheritdoc/>
    protected sealed override bool Receive(object message)
    {
        OnReceive(message);
        return true;
    }

    /// <summary>Runs asynchronous code as part of the message in hand: no other message is handled until it has ended.</summary>
    protected static void RunTask(Func<Task> action) => ActorCell.RequireCurrent().RunTask(action);

    /// <summary>Runs code as part of the message in hand.</summary>
    protected static void RunTask(Action action) => action();

    /// <summary>Replaces the behaviour on top of the stack.</summary>
    protected void Become(UntypedReceive receive) => Cell.Become(receive);

    /// <summary>Puts a behaviour on top of the stack.</summary>
    protected void BecomeStacked(UntypedReceive receive) => Cell.BecomeStacked(receive);
}
