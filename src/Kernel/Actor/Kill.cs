namespace Sluice.Kernel.Actor;

/// <summary>Makes its receiver fail with <see cref="ActorKilledException"/>, for its supervisor to decide.</summary>
public sealed class Kill : IAutoReceivedMessage, IPossiblyHarmful
{
    private Kill()
    {
    }

    /// <summary>The one message.</summary>
    public static Kill Instance { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "<Kill>";
}
