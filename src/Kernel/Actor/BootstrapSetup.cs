using Sluice.Hocon;

namespace Sluice.Kernel.Actor;

/// <summary>What a system is made with besides its name.</summary>
public sealed record BootstrapSetup
{
    private BootstrapSetup()
    {
    }

    /// <summary>The settings; the kernel's defaults fill what they leave open.</summary>
    public Config? Config { get; private init; }

    /// <summary>The clock of everything in the system.</summary>
    public TimeProvider TimeProvider { get; private init; } = TimeProvider.System;

    /// <summary>Makes the scheduler; <c>null</c> for the kernel's own.</summary>
    public Func<TimeProvider, IScheduler>? SchedulerFactory { get; private init; }

    /// <summary>Nothing but defaults.</summary>
    public static BootstrapSetup Create() => new();

    /// <summary>The same with settings.</summary>
    public BootstrapSetup WithConfig(Config? config) => this with { Config = config };

    /// <summary>The same with another clock, for instance one that a test advances.</summary>
    public BootstrapSetup WithTimeProvider(TimeProvider timeProvider) => this with { TimeProvider = timeProvider };

    /// <summary>The same with another scheduler.</summary>
    public BootstrapSetup WithScheduler(Func<TimeProvider, IScheduler> factory) => this with { SchedulerFactory = factory };
}
