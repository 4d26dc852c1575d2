namespace Sluice.Kernel.Actor.Cells;

/// <summary>The handlers of one behaviour, in the order of their registration.</summary>
internal sealed class HandlerTable
{
    private MessageHandler[] _handlers = [];
    private bool _isComplete;

    public bool IsEmpty => _handlers.Length == 0;

    public void Add(MessageHandler handler, bool isLast)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException(
                $"The handler for {handler.MessageType.Name} would never be called: a handler for everything (ReceiveAny) stands in front of it.");
        }
        _handlers = [.. _handlers, handler];
        _isComplete = isLast || handler is ActionHandler<object> { TakesAll: true };
    }

    public bool Handle(object message)
    {
        foreach (var handler in _handlers)
        {
            if (handler.TryHandle(message))
            {
                return true;
            }
        }
        return false;
    }
}
