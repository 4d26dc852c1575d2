namespace Sluice.Rabbit;

/// <summary>No node of a broker took the connection; the message says what each of them answered. Nothing was left open.</summary>
/// <param name="message">Which nodes, why, and what to look at.</param>
/// <param name="isRefusal">Whether a broker was there and did not let this program in: trying again changes nothing.</param>
/// <param name="inner">What the client threw.</param>
public sealed class RabbitUnreachableException(string message, bool isRefusal, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether a broker was there and did not let this program in.</summary>
    public bool IsRefusal { get; } = isRefusal;
}
