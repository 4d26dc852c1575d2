namespace Sluice.Kernel.Event;

/// <summary>Marks messages whose loss is no news.</summary>
public interface IDeadLetterSuppression;
