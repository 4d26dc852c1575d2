namespace Sluice.TestKit;

/// <summary>What a test expected did not happen, or something else did.</summary>
public sealed class ExpectationException(string message, Exception? cause = null) : Exception(message, cause);
