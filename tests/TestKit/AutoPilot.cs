using Sluice.Kernel.Actor;

namespace Sluice.TestKit;

/// <summary>Answers for a probe: runs in the probe's turn with every message, also those that are ignored.</summary>
public abstract class AutoPilot
{
    /// <summary>Goes on with the same pilot.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;

    /// <summary>Goes on without a pilot.</summary>
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>Reacts to a message; gives the pilot for the next.</summary>
    public abstract AutoPilot Run(IActorRef sender, object message);
}

/// <summary>Goes on with the same pilot.</summary>
public sealed class KeepRunning : AutoPilot
{
    private KeepRunning()
    {
    }

    /// <summary>The one instance.</summary>
    public static KeepRunning Instance { get; } = new();

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>Goes on without a pilot.</summary>
public sealed class NoAutoPilot : AutoPilot
{
    private NoAutoPilot()
    {
    }

    /// <summary>The one instance.</summary>
    public static NoAutoPilot Instance { get; } = new();

    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => this;
}

/// <summary>A pilot from a function.</summary>
public sealed class DelegateAutoPilot(Func<IActorRef, object, AutoPilot> action) : AutoPilot
{
    /// <inheritdoc/>
    public override AutoPilot Run(IActorRef sender, object message) => action(sender, message);
}
