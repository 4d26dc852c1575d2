using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

/// <summary>Waiting for a state that no message tells of.</summary>
internal static class Waiting
{
    public static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public static Task AwaitSuspension(this IActorRef actor) => Until(() => ((LocalActorRef)actor).Cell.Status.IsSuspended);
}
