using Sluice.Kernel.Actor.Cells;

namespace Sluice.Kernel.Actor;

/// <summary>Sending from inside an actor, with that actor as the sender.</summary>
public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends with the actor whose turn it is as the sender, or with none outside of a turn.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.Current?.Self ?? AmbientSender.Current);

    /// <summary>Sends with the sender of the message in hand as the sender.</summary>
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, ActorCell.Current?.Sender);
}
