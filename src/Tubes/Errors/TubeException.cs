namespace Sluice.Tubes.Errors;

/// <summary>Something is wrong with a tube or with how it is used. The message says what to do.</summary>
public class TubeException(string message, Exception? innerException = null) : Exception(message, innerException);
