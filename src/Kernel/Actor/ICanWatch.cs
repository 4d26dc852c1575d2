namespace Sluice.Kernel.Actor;

/// <summary>Is told when others stop.</summary>
public interface ICanWatch
{
    /// <summary>Asks for one <see cref="Terminated"/> when the subject stops, at once if it has. A second watch changes nothing.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Asks for a message of one's own in place of <see cref="Terminated"/>.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>Takes a watch back: no <see cref="Terminated"/> is seen any more, even one that waits in the mailbox.</summary>
    IActorRef Unwatch(IActorRef subject);
}
