namespace Sluice.Tubes.Errors;

/// <summary>A required input was not given. No node has run and no epoch was used.</summary>
public sealed class InputMissingException(string message, Exception? innerException = null) : TubeException(message, innerException);
