using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>The user messages of one mailbox: any thread adds, the thread that has the turn takes.</summary>
internal abstract class MessageQueue
{
    /// <summary>How many messages wait; exact only while nobody adds.</summary>
    public abstract int Count { get; }

    /// <summary>Whether a message waits or is just being added. Never false for one that was added before the call.</summary>
    public abstract bool HasMessages { get; }

    /// <summary>Adds a message. False when one had to leave for lack of room: this one, or an older one in whose place it was added.</summary>
    public abstract bool TryEnqueue(object message, IActorRef? sender, out Envelope refused);

    /// <summary>Takes the oldest message. Only in the turn.</summary>
    public abstract bool TryDequeue(out Envelope envelope);
}
