namespace Sluice.Tubes.Runners;

/// <summary>What a node may know about where it runs. One per runner; given at init and with every call.</summary>
public sealed class RunnerContext
{
    /// <summary>The runner's id, 8 hexadecimal digits.</summary>
    public required string RunnerId { get; init; }

    /// <summary>The id of the tube being run.</summary>
    public required string TubeId { get; init; }

    /// <summary>The clock that the run goes by.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
