namespace Sluice.Tubes;

/// <summary>What a node returns when it has nothing to say: no event for those who require the signal, and optional slots go without.</summary>
public sealed class NoEvent
{
    private NoEvent()
    {
    }

    /// <summary>The one instance; compare by reference.</summary>
    public static NoEvent Value { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "NoEvent";
}
