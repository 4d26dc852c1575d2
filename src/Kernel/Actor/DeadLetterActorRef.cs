using Sluice.Kernel.Event;

namespace Sluice.Kernel.Actor;

/// <summary>Where messages go that nobody can take: publishes them as <see cref="DeadLetter"/>.</summary>
internal sealed class DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream stream) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => provider;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var letter = message as DeadLetter ?? new DeadLetter(message, sender ?? this, this);
        switch (letter.Message)
        {
            // A subscriber to dead letters is dead itself and not taken off the stream yet: a letter about the letter would go round for ever.
            case AllDeadLetters:
                break;
            case Identify identify:
                letter.Sender.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                break;
            case IDeadLetterSuppression suppressed:
                stream.Publish(new SuppressedDeadLetter(suppressed, letter.Sender, letter.Recipient));
                break;
            default:
                stream.Publish(letter);
                break;
        }
    }
}
