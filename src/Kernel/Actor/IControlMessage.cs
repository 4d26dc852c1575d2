namespace Sluice.Kernel.Actor;

/// <summary>Marks messages that a control-aware mailbox puts in front of all others.</summary>
public interface IControlMessage;
