using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tubes;

/// <summary>How an <see cref="AsyncRunner"/> runs.</summary>
public sealed record AsyncRunnerOptions : RunnerOptions
{
    /// <summary>How many epochs may have begun and not ended; at least 1.</summary>
    public int EpochsInFlight { get; init; } = 16;

    /// <summary>How many results may wait for a caller that takes epochs one by one, besides the epochs in flight; 0 or more.</summary>
    public int ResultsAhead { get; init; } = 256;

    /// <summary>How many calls of one stateless node may go on at the same time; at least 1. A stateful node has one.</summary>
    public int CallsPerNode { get; init; } = 16;

    /// <summary>After a failure: how long calls that go on, and earlier epochs, get to end before they are cancelled and left behind.</summary>
    public TimeSpan ErrorGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After a cancellation: how long calls that go on get to end before they are left behind.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromMilliseconds(500);

    internal static AsyncRunnerOptions From(RunnerOptions? options)
    {
        var own = options as AsyncRunnerOptions ?? (options is null ? new AsyncRunnerOptions() : new AsyncRunnerOptions
        {
            MaxIterLoops = options.MaxIterLoops,
            Time = options.Time,
            Warn = options.Warn,
        });
        ArgumentOutOfRangeException.ThrowIfLessThan(own.EpochsInFlight, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(own.ResultsAhead);
        ArgumentOutOfRangeException.ThrowIfLessThan(own.CallsPerNode, 1);
        return own;
    }
}
