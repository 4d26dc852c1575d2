namespace Sluice.Instruments.Queues;

/// <summary>A put into a closed queue, or a get from one that is closed and empty. The queue is as it was.</summary>
public sealed class QueueClosedException(string queue, string operation)
    : InvalidOperationException($"'{queue}' is closed, so nothing can be {operation} any more. Stop when it closes: enumerate it, or use TryPut and TryGet.")
{
    /// <summary>The name of the queue.</summary>
    public string Queue { get; } = queue;
}
