using Sluice.Host.Observing;

namespace Sluice.Host.Running;

/// <summary>How a tube is run.</summary>
internal sealed record RunOptions
{
    /// <summary>The tube, its code and its inputs.</summary>
    public required TubeReference Tube { get; init; }

    /// <summary>Which runner runs it.</summary>
    public required RunnerKind Runner { get; init; }

    /// <summary>The cluster that nodes are spread over; null for none.</summary>
    public ClusterSession? Cluster { get; init; }

    /// <summary>At most so many epochs; null runs until a source ends.</summary>
    public long? Epochs { get; init; }

    /// <summary>Process inputs, one process call each; null when the tube runs by itself.</summary>
    public IAsyncEnumerable<IReadOnlyDictionary<string, object?>>? ProcessInputs { get; init; }

    /// <summary>The pool's file; null without a pool.</summary>
    public string? Pool { get; init; }

    /// <summary>What the run tells about itself.</summary>
    public required ObservationPlan Observation { get; init; }

    /// <summary>How long the end of the run waits for sinks that still take what they are owed.</summary>
    public required TimeSpan Drain { get; init; }
}
