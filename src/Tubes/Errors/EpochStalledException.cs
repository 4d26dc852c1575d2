namespace Sluice.Tubes.Errors;

/// <summary>An epoch has nothing ready and nothing running, but nodes still wait. The epoch has been ended.</summary>
public sealed class EpochStalledException(string message, Exception? innerException = null) : TubeException(message, innerException);
