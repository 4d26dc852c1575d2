using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Dispatch;

/// <summary>The system messages of a mailbox: a linked stack that the consumer takes as a whole and turns around.</summary>
internal struct SystemLane<TSteps>
    where TSteps : struct, ISteps
{
    private static readonly SystemMessage End = new Terminate();
    private SystemMessage? _newest;

    public readonly bool HasMessages => Volatile.Read(in _newest) is { } newest && newest != End;

    /// <summary>Adds; false when the lane has been closed.</summary>
    public bool TryPush(SystemMessage message)
    {
        var newest = Volatile.Read(ref _newest);
        while (newest != End)
        {
            message.Next = newest;
            TSteps.Before(Step.PushSystem);
            var seen = Interlocked.CompareExchange(ref _newest, message, newest);
            if (seen == newest)
            {
                return true;
            }
            newest = seen;
        }
        message.Next = null;
        return false;
    }

    /// <summary>Takes all there is, oldest first, linked by <see cref="SystemMessage.Next"/>.</summary>
    public SystemMessage? TakeAll() => HasMessages ? Replace(null) : null;

    /// <summary>Lets nothing in any more, and takes what is left.</summary>
    public SystemMessage? Close() => Replace(End);

    private SystemMessage? Replace(SystemMessage? with)
    {
        TSteps.Before(Step.TakeSystem);
        var newest = Interlocked.Exchange(ref _newest, with);
        SystemMessage? oldest = null;
        for (var message = newest == End ? null : newest; message is not null;)
        {
            var older = message.Next;
            message.Next = oldest;
            oldest = message;
            message = older;
        }
        return oldest;
    }
}
