using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Pattern;

/// <summary>Describes supervisors that start their child again after a delay that grows.</summary>
public static class Backoff
{
    /// <summary>Starts the child again when it has failed; when it stops, so does the supervisor.</summary>
    /// <param name="childProps">The child.</param>
    /// <param name="childName">The name of the child.</param>
    /// <param name="minBackoff">The delay at first; above zero.</param>
    /// <param name="maxBackoff">The delay at most, apart from the random part.</param>
    /// <param name="randomFactor">How much more at most, at random, so that many do not start at once: 0 to 1.</param>
    /// <param name="maxNrOfRetries">How often it is started again; -1 for no limit.</param>
    public static BackoffOptions OnFailure(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries = -1) =>
        new(true, childProps, childName, new BackoffDelay(minBackoff, maxBackoff, randomFactor), maxNrOfRetries);

    /// <summary>Starts the child again when it has stopped; when it fails, the supervisor strategy decides.</summary>
    /// <inheritdoc cref="OnFailure"/>
    public static BackoffOptions OnStop(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries = -1) =>
        new(false, childProps, childName, new BackoffDelay(minBackoff, maxBackoff, randomFactor), maxNrOfRetries);
}
