namespace Sluice.Kernel.Actor;

/// <summary>Takes messages.</summary>
public interface ICanTell
{
    /// <summary>Sends without waiting: at most once, in order per sender and receiver.</summary>
    /// <param name="message">What to send; never <c>null</c>.</param>
    /// <param name="sender">Who is answered, or <see cref="ActorRefs.NoSender"/>.</param>
    /// <exception cref="InvalidMessageException">The message is <c>null</c>; nothing was sent.</exception>
    void Tell(object message, IActorRef? sender);
}
