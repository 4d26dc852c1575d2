using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Event;

/// <summary>A message that could not be delivered, published on the event stream.</summary>
public abstract class AllDeadLetters(object message, IActorRef sender, IActorRef recipient)
{
    /// <summary>The message.</summary>
    public object Message { get; } = message;

    /// <summary>Who sent it; the dead letters when there was no sender.</summary>
    public IActorRef Sender { get; } = sender;

    /// <summary>Who should have got it.</summary>
    public IActorRef Recipient { get; } = recipient;
}

/// <summary>A message that could not be delivered.</summary>
public sealed class DeadLetter(object message, IActorRef sender, IActorRef recipient, string reason) : AllDeadLetters(message, sender, recipient)
{
    /// <summary>Without a reason of its own.</summary>
    public DeadLetter(object message, IActorRef sender, IActorRef recipient)
        : this(message, sender, recipient, "the recipient cannot be reached")
    {
    }

    /// <summary>Why it could not be delivered.</summary>
    public string Reason { get; } = reason;

    /// <inheritdoc/>
    public override string ToString() => $"DeadLetter from {Sender} to {Recipient}: <{Message}> ({Reason})";
}

/// <summary>A message marked with <see cref="IDeadLetterSuppression"/> that could not be delivered.</summary>
public sealed class SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
    : AllDeadLetters(message, sender, recipient);
