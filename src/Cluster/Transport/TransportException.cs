namespace Sluice.Cluster.Transport;

/// <summary>The transport could not do what was asked of it and will not do it later by itself; the message says why.</summary>
public sealed class TransportException(string message, Exception? innerException = null) : Exception(message, innerException);
