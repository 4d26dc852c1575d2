namespace Sluice.Tubes.Errors;

/// <summary>No tube with this id or at this path was found.</summary>
public sealed class UnknownTubeException(string message, Exception? innerException = null) : TubeException(message, innerException);
