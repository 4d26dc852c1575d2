namespace Sluice.Tubes.Binding;

/// <summary>Says about a parameter what its declaration does not.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class SlotAttribute : Attribute
{
    /// <summary>
    /// The node waits for this slot and does not run without it, although the parameter is nullable or has a default.
    /// The default then only serves a slot that the tube does not mention.
    /// </summary>
    public bool Required { get; init; }
}
