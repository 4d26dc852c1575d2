namespace Sluice.Kernel.Actor;

/// <summary>A phase of a coordinated shutdown; <c>reference.conf</c> holds the phases and what each setting means.</summary>
public sealed record CoordinatedShutdownPhase
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The phases that are passed before.</summary>
    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>How long the tasks of the phase may take together.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Whether the shutdown goes on when a task of the phase fails or takes too long.</summary>
    public required bool Recover { get; init; }

    /// <summary>Whether the tasks of the phase run at all.</summary>
    public required bool Enabled { get; init; }
}
