namespace Sluice.Tubes.Errors;

/// <summary>A value came to a slot that cannot take it. The node was not called.</summary>
public sealed class ConversionException(string message, Exception? innerException = null) : TubeException(message, innerException);
