namespace Sluice.Kernel.Actor;

/// <summary>A behaviour: handles a message, or tells that it does not.</summary>
public delegate bool Receive(object message);

/// <summary>A behaviour that handles every message.</summary>
public delegate void UntypedReceive(object message);
