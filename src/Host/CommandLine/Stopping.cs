namespace Sluice.Host.CommandLine;

/// <summary>For commands that work until they are told to stop.</summary>
internal static class Stopping
{
    /// <summary>Completes, without a fault, when the token fires.</summary>
    public static async Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stopped.SetResult);
        await stopped.Task;
    }
}
