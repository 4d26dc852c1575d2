namespace Sluice.Cluster.Wire;

/// <summary>What an exception of another member becomes here: its type's name and its message. The exception itself never travels.</summary>
public sealed class RemoteFailureException(string originalType, string message) : Exception(message)
{
    /// <summary>The full name of the exception's type on the other member.</summary>
    public string OriginalType { get; } = originalType;
}
