namespace Sluice.Tubes.Errors;

/// <summary>A node returned something that does not fit its signals.</summary>
public sealed class NodeResultException(string message, Exception? innerException = null) : TubeException(message, innerException);
