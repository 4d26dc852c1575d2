using Sluice.Kernel.Actor.Cells;

namespace Sluice.Kernel.Actor;

/// <summary>
/// Asking: sending with a temporary ref as the sender, whose first message is the result. A <see cref="Status.Failure"/> faults the
/// task, except where <see cref="object"/> is asked for; so does an answer of another type.
/// </summary>
public static class Futures
{
    /// <summary>Asks for any answer.</summary>
    /// <param name="self">Who is asked.</param>
    /// <param name="message">The question.</param>
    /// <param name="timeout">How long to wait before the task faults with <see cref="AskTimeoutException"/>; <c>null</c> for the setting.</param>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Asks for any answer, until cancelled.</summary>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    /// <summary>Asks for any answer, until the time is over or it is cancelled.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Asks for an answer of a type.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Asks for an answer of a type, until cancelled.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>Asks for an answer of a type, until the time is over or it is cancelled.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var future = NewFuture<T>(self, timeout, cancellationToken);
        self.Tell(message, future);
        return future.Answer;
    }

    /// <summary>Asks with a question that holds the ref to be answered.</summary>
    public static Task<T> Ask<T>(
        this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var future = NewFuture<T>(self, timeout, cancellationToken);
        self.Tell(messageFactory(future), future);
        return future.Answer;
    }

    internal static IActorRefProvider ProviderOf(ICanTell target) =>
        (target switch
        {
            ActorSelection selection => (selection.Anchor as IInternalActorRef)?.Provider,
            IInternalActorRef actor => actor.Provider,
            _ => null,
        })
        ?? ActorCell.Current?.System.Provider
        ?? throw new ArgumentException($"{target} belongs to no actor system, so it cannot be asked: ask a ref that ActorOf or a selection gave.");

    private static FutureActorRef<T> NewFuture<T>(ICanTell target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var provider = ProviderOf(target);
        var future = new FutureActorRef<T>(provider);
        return (timeout ?? provider.System.Settings.AskTimeout) is var limit && limit == Timeout.InfiniteTimeSpan
            ? future.EndWith(cancellationToken)
            : EndAfter(future, target, limit).EndWith(cancellationToken);
    }

    private static FutureActorRef<T> EndAfter<T>(FutureActorRef<T> future, ICanTell target, TimeSpan limit) => future.EndAfter(
        limit,
        () => new AskTimeoutException($"{target} did not answer within {limit}: wait longer, or find out why it is silent."),
        () => new AskTimeoutException($"{target} did not answer before its system ended: ask before, or give the actor time to answer."));
}
