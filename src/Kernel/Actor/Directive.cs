namespace Sluice.Kernel.Actor;

/// <summary>What a supervisor does about a failed child.</summary>
public enum Directive
{
    /// <summary>The instance goes on with the next message.</summary>
    Resume,

    /// <summary>A new instance goes on with the next message.</summary>
    Restart,

    /// <summary>The supervisor fails with the same exception.</summary>
    Escalate,

    /// <summary>The child is stopped.</summary>
    Stop,
}
