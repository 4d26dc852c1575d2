namespace Sluice.Tubes.Errors;

/// <summary>So many process calls in a row gave no result. The runner has been deinitialised.</summary>
public sealed class MaxIterLoopsException(string message, Exception? innerException = null) : TubeException(message, innerException);
