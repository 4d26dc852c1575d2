namespace Sluice.Kernel.Actor;

/// <summary>Marks messages that must not be taken from an untrusted peer.</summary>
public interface IPossiblyHarmful;
