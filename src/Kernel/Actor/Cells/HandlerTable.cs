namespace Sluice.Kernel.Actor.Cells;

/// <summary>Collects the handlers of one behaviour, linked in the order of their registration.</summary>
internal sealed class HandlerTable
{
    private MessageHandler? _last;
    private bool _isComplete;

    public MessageHandler? First { get; private set; }

    public void Add(MessageHandler handler, bool isLast)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException(
                $"The handler for {handler.MessageType.Name} would never be called: a handler for everything (ReceiveAny) stands in front of it.");
        }
        if (_last is null)
        {
            First = handler;
        }
        else
        {
            _last.Next = handler;
        }
        _last = handler;
        _isComplete = isLast || handler is ActionHandler<object>;
    }

    public bool Handle(object message) => Handle(First, message);

    public static bool Handle(MessageHandler? handlers, object message)
    {
        for (var handler = handlers; handler is not null; handler = handler.Next)
        {
            if (handler.TryHandle(message))
            {
                return true;
            }
        }
        return false;
    }
}
