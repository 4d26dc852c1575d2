namespace Sluice.Instruments.Events;

/// <summary>
/// An actor pauses after a run of messages. Summed up over all runs of an actor, <paramref name="Put"/> and <paramref name="Taken"/> are exactly
/// the messages that came and went; both are known only once the actor pauses, so one that is stuck in a message tells nothing.
/// </summary>
/// <param name="Actor">The actor.</param>
/// <param name="Put">Messages that came since its last run, also those that were put back from a stash or found no room.</param>
/// <param name="Taken">Messages that left the mailbox: handled, or lost because there was no room or the actor stopped.</param>
/// <param name="Waiting">Messages that wait now.</param>
public readonly record struct MailboxRun(IInstrumented Actor, int Put, int Taken, int Waiting);
