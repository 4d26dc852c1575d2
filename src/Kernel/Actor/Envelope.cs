namespace Sluice.Kernel.Actor;

/// <summary>A message and who sent it.</summary>
public readonly record struct Envelope(object Message, IActorRef? Sender);
