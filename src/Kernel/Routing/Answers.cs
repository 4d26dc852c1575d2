using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Routing;

/// <summary>Asking several for one answer.</summary>
internal static class Answers
{
    /// <summary>The first answer of several asks; faults as the last of them when there is none.</summary>
    public static async Task<object> First(IReadOnlyCollection<Task<object>> asked)
    {
        Exception failure = new AskTimeoutException("There was nobody to ask: the router has no routees.");
        await foreach (var one in Task.WhenEach(asked).ConfigureAwait(false))
        {
            if (one.IsCompletedSuccessfully)
            {
                ObserveRest(asked);
                return await one.ConfigureAwait(false);
            }
            failure = one.Exception?.GetBaseException() ?? failure;
        }
        throw failure;
    }

    /// <summary>Looks at the faults of asks that nobody waits for any more.</summary>
    public static void ObserveRest(IEnumerable<Task> asked)
    {
        foreach (var one in asked)
        {
            one.ContinueWith(
                static task => _ = task.Exception,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }
}
