namespace Sluice.Cluster.RabbitMq;

/// <summary>Waits that end early without an exception.</summary>
internal static class Pauses
{
    /// <summary>Waits for a while.</summary>
    /// <returns>Whether the time has passed; false when it was cancelled.</returns>
    public static async Task<bool> PauseAsync(this TimeProvider time, TimeSpan length, CancellationToken cancellationToken)
    {
        await Task.Delay(length, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
