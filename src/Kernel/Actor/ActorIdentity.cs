namespace Sluice.Kernel.Actor;

/// <summary>The answer to <see cref="Identify"/>.</summary>
public sealed class ActorIdentity(object? messageId, IActorRef? subject)
{
    /// <summary>What the question carried.</summary>
    public object? MessageId { get; } = messageId;

    /// <summary>The actor that answered; <c>null</c> when there is none.</summary>
    public IActorRef? Subject { get; } = subject;

    /// <inheritdoc/>
    public override string ToString() => $"<ActorIdentity>: {Subject} - MessageId={MessageId}";
}
