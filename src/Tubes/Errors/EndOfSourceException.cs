namespace Sluice.Tubes.Errors;

/// <summary>A source has no more values. Ends a run quietly.</summary>
public sealed class EndOfSourceException(string message, Exception? innerException = null) : TubeException(message, innerException);
