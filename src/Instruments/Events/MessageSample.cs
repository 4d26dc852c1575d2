namespace Sluice.Instruments.Events;

/// <summary>
/// One message's way through an actor, as it was measured. Every message is, until some 4,000 in a second would be; then one of two, of four, and
/// so on, picked by chance, so that what a busy actor pays for being measured stays below a hundredth.
/// </summary>
/// <param name="Actor">The actor.</param>
/// <param name="Message">The message.</param>
/// <param name="Next">What the actor did next.</param>
/// <param name="Waited">How long the message lay in the mailbox.</param>
/// <param name="Elapsed">How long its handling took; until the first <c>await</c> of a handler that yields.</param>
/// <param name="OneIn">For how many messages it stands: one of so many was picked when it was put.</param>
public readonly record struct MessageSample(
    IInstrumented Actor, object Message, TaskNext Next, TimeSpan Waited, TimeSpan Elapsed, int OneIn);
