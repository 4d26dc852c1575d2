namespace Sluice.Cluster.Transport;

/// <summary>A member may not join; the message says why and what to change.</summary>
public sealed class JoinRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
