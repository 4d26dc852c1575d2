using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Event;

/// <summary>Logs the first dead letters, then says that it falls silent.</summary>
internal sealed class DeadLetterLogger(ActorPath path, ILoggingAdapter log, int most) : MinimalActorRef
{
    private int _count;

    public override ActorPath Path => path;

    public override IActorRefProvider? Provider => null;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (Volatile.Read(ref _count) >= most || message is not DeadLetter letter)
        {
            return;
        }
        var count = Interlocked.Increment(ref _count);
        if (count <= most)
        {
            log.Info(
                "{0} from {1} to {2} was not delivered: {3}. Dead letter number {4}{5}.",
                letter.Message.GetType().Name,
                letter.Sender,
                letter.Recipient,
                letter.Reason,
                count,
                count == most ? ", the last that is logged" : "");
        }
    }
}
