namespace Sluice.Tubes.Scheduling;

/// <summary>Where the value of a slot comes from.</summary>
public enum SourceKind
{
    /// <summary>A signal of another node.</summary>
    Signal,

    /// <summary>An input of the tube.</summary>
    Input,

    /// <summary>An asset of the tube.</summary>
    Asset,

    /// <summary>A signal that can never come: its node is disabled, or waits for one that is.</summary>
    Never,
}
