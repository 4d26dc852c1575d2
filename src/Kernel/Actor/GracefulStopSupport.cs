using Sluice.Kernel.Dispatch.SysMsg;

namespace Sluice.Kernel.Actor;

/// <summary>Waiting for actors to end.</summary>
public static class GracefulStopSupport
{
    /// <summary>Sends a <see cref="PoisonPill"/> and waits until the actor has stopped.</summary>
    /// <exception cref="TaskCanceledException">It has not stopped in time; it may do so later.</exception>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends a message on which the actor stops itself, and waits until it has.</summary>
    /// <exception cref="TaskCanceledException">It has not stopped in time; it may do so later.</exception>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var future = Watch(target);
        future.EndAfter(
            timeout,
            () => new TaskCanceledException($"{target} has not stopped within {timeout}."),
            () => new TaskCanceledException($"{target} was left behind when its system ended."));
        target.Tell(stopMessage, ActorRefs.NoSender);
        return Ended(target, future);
    }

    /// <summary>Waits until the actor has stopped; true at once when it has already.</summary>
    /// <exception cref="TaskCanceledException">Cancelled before that.</exception>
    public static Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default) =>
        Ended(target, Watch(target).EndWith(token));

    private static FutureActorRef<Terminated> Watch(IActorRef target)
    {
        var future = new FutureActorRef<Terminated>(Futures.ProviderOf(target));
        var watched = (IInternalActorRef)target;
        watched.SendSystemMessage(new Watch(watched, future));
        return future;
    }

    private static async Task<bool> Ended(IActorRef target, FutureActorRef<Terminated> future)
    {
        try
        {
            var terminated = await future.Answer.ConfigureAwait(false);
            return terminated.ActorRef.Equals(target);
        }
        finally
        {
            var watched = (IInternalActorRef)target;
            watched.SendSystemMessage(new Unwatch(watched, future));
        }
    }
}
