using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Pattern;

/// <summary>A circuit breaker is open: the call was not made.</summary>
public sealed class OpenCircuitException(TimeSpan remainingDuration) : AkkaException(
    $"The circuit breaker is open, the call was not made: try again in {remainingDuration}, or see why the calls before it failed.")
{
    /// <summary>When the next call may be tried; zero while one is.</summary>
    public TimeSpan RemainingDuration { get; } = remainingDuration;
}
