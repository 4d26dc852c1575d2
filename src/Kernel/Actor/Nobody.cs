namespace Sluice.Kernel.Actor;

/// <summary>The ref of no actor: drops every message.</summary>
public sealed class Nobody : MinimalActorRef
{
    internal static readonly Nobody Instance = new();

    private Nobody()
    {
    }

    /// <inheritdoc/>
    public override ActorPath Path { get; } = new ActorPath(new Address("sluice", "all-systems")).Child("Nobody");

    /// <inheritdoc/>
    public override IActorRefProvider? Provider => null;
}
