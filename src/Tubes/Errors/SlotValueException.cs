namespace Sluice.Tubes.Errors;

/// <summary>A value does not fit the slot that it came to. The call did not take place.</summary>
public sealed class SlotValueException(string message, Exception? innerException = null) : TubeException(message, innerException);
