namespace Sluice.Kernel.Actor;

/// <summary>Asks an actor, often behind a selection, for its ref; answered by <see cref="ActorIdentity"/>.</summary>
public sealed class Identify(object? messageId) : IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    /// <summary>Given back in the answer.</summary>
    public object? MessageId { get; } = messageId;

    /// <inheritdoc/>
    public override string ToString() => $"<Identify>: {MessageId}";
}
