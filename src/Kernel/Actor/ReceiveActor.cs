using Sluice.Kernel.Actor.Cells;

namespace Sluice.Kernel.Actor;

/// <summary>
/// An actor with a handler per type of message. Handlers are registered in the constructor or in a method given to
/// <see cref="Become(Action)"/>, and tried in that order: the first whose type and predicate match takes the message.
/// </summary>
public abstract class ReceiveActor : UntypedActor
{
    // The first of the linked handlers; while some are being registered, the table that collects them.
    private object? _handlers = new HandlerTable();

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!HandlerTable.Handle((MessageHandler?)_handlers, message))
        {
            Unhandled(message);
        }
    }

    /// <summary>Replaces all handlers by those that the method registers.</summary>
    protected void Become(Action configure) => Become(Configure(configure).Handle);

    /// <summary>Puts the handlers that the method registers on top of the behaviour stack.</summary>
    protected void BecomeStacked(Action configure) => BecomeStacked(Configure(configure).Handle);

    /// <summary>Handles messages of a type, or those of them that the predicate wants.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) =>
        Add(shouldHandle is null ? new ActionHandler<T>(handler) : new GuardedHandler<T>(handler, shouldHandle));

    /// <summary>Handles those messages of a type that the predicate wants.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Add(new GuardedHandler<T>(handler, shouldHandle));

    /// <summary>Handles messages of a type; those for which the handler returns false are offered to the next.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new FunctionHandler<T>(handler));

    /// <summary>Handles messages of a type, or those of them that the predicate wants.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(new TypeHandler(messageType, message =>
        {
            handler(message);
            return true;
        }, shouldHandle));

    /// <summary>Handles those messages of a type that the predicate wants.</summary>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) =>
        Receive(messageType, handler, shouldHandle);

    /// <summary>Handles messages of a type; those for which the handler returns false are offered to the next.</summary>
    protected void Receive(Type messageType, Func<object, bool> handler) => Add(new TypeHandler(messageType, handler, null));

    /// <summary>Handles every message that got this far; nothing can be registered behind it.</summary>
    protected void ReceiveAny(Action<object> handler) => Add(new ActionHandler<object>(handler), isLast: true);

    /// <summary>Handles messages of a type asynchronously: no other message is handled until the task has ended.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Add(new AsyncHandler<T>(Cell, handler, shouldHandle));

    /// <summary>Handles those messages of a type that the predicate wants, asynchronously.</summary>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) =>
        Add(new AsyncHandler<T>(Cell, handler, shouldHandle));

    /// <summary>Handles messages of a type asynchronously, or those of them that the predicate wants.</summary>
    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null)
    {
        var cell = Cell;
        Receive(messageType, message => cell.RunTask(() => handler(message)), shouldHandle);
    }

    /// <summary>Handles those messages of a type that the predicate wants, asynchronously.</summary>
    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    /// <summary>Handles every message that got this far asynchronously; nothing can be registered behind it.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => Add(new AsyncHandler<object>(Cell, handler, null), isLast: true);

    internal override void OnConstructed() => _handlers = ((HandlerTable)_handlers!).First;

    private HandlerTable Configure(Action configure)
    {
        var outer = _handlers;
        var table = new HandlerTable();
        _handlers = table;
        try
        {
            configure();
        }
        finally
        {
            _handlers = outer;
        }
        return table;
    }

    private void Add(MessageHandler handler, bool isLast = false)
    {
        if (_handlers is not HandlerTable open)
        {
            throw new InvalidOperationException(
                $"{GetType().Name} registers a handler for {handler.MessageType.Name} outside of its constructor and of Become(Action): "
                + "move the call there.");
        }
        open.Add(handler, isLast);
    }
}
