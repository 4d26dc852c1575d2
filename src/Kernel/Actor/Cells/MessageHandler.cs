namespace Sluice.Kernel.Actor.Cells;

/// <summary>One registered handler of a <see cref="ReceiveActor"/>.</summary>
internal abstract class MessageHandler
{
    /// <summary>The handler that is asked when this one does not want the message.</summary>
    public MessageHandler? Next { get; set; }

    public abstract Type MessageType { get; }

    /// <summary>Handles the message, or tells that it is not meant.</summary>
    public abstract bool TryHandle(object message);
}

internal sealed class ActionHandler<T>(Action<T> handler) : MessageHandler
{
    public override Type MessageType => typeof(T);

    public override bool TryHandle(object message)
    {
        if (message is not T typed)
        {
            return false;
        }
        handler(typed);
        return true;
    }
}

internal sealed class GuardedHandler<T>(Action<T> handler, Predicate<T> shouldHandle) : MessageHandler
{
    public override Type MessageType => typeof(T);

    public override bool TryHandle(object message)
    {
        if (message is not T typed || !shouldHandle(typed))
        {
            return false;
        }
        handler(typed);
        return true;
    }
}

internal sealed class FunctionHandler<T>(Func<T, bool> handler) : MessageHandler
{
    public override Type MessageType => typeof(T);

    public override bool TryHandle(object message) => message is T typed && handler(typed);
}

internal sealed class TypeHandler(Type messageType, Func<object, bool> handler, Predicate<object>? shouldHandle) : MessageHandler
{
    public override Type MessageType => messageType;

    public override bool TryHandle(object message) =>
        messageType.IsInstanceOfType(message) && (shouldHandle is null || shouldHandle(message)) && handler(message);
}

internal sealed class AsyncHandler<T>(ActorCell cell, Func<T, Task> handler, Predicate<T>? shouldHandle) : MessageHandler
{
    public override Type MessageType => typeof(T);

    public override bool TryHandle(object message)
    {
        if (message is not T typed || (shouldHandle is not null && !shouldHandle(typed)))
        {
            return false;
        }
        cell.RunTask(handler, typed);
        return true;
    }
}
