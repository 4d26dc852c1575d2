namespace Sluice.Cluster.Wire;

/// <summary>A message cannot go to another member; nothing was sent. The text says why and what to change.</summary>
public sealed class MessageRefusedException(string message, Exception? innerException = null) : Exception(message, innerException);
