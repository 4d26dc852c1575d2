namespace Sluice.Kernel.Actor;

/// <summary>Marks messages that the runtime handles in front of the actor.</summary>
public interface IAutoReceivedMessage;
