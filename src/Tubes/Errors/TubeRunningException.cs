namespace Sluice.Tubes.Errors;

/// <summary>The runner is already running.</summary>
public sealed class TubeRunningException(string message, Exception? innerException = null) : TubeException(message, innerException);
