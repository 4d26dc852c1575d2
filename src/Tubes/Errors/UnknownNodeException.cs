namespace Sluice.Tubes.Errors;

/// <summary>The tube has no node with this id.</summary>
public sealed class UnknownNodeException(string message, Exception? innerException = null) : TubeException(message, innerException);
