namespace Sluice.Rabbit;

/// <summary>What became of a message that was published with a confirm.</summary>
public abstract record PublishOutcome
{
    private PublishOutcome()
    {
    }

    /// <summary>The broker has it in at least one queue, on disk if it is persistent and the queue durable.</summary>
    public sealed record Confirmed : PublishOutcome
    {
        /// <summary>The one instance.</summary>
        public static Confirmed Instance { get; } = new();
    }

    /// <summary>No queue is bound for its routing key; the broker has thrown it away.</summary>
    public sealed record Unroutable : PublishOutcome
    {
        /// <summary>The one instance.</summary>
        public static Unroutable Instance { get; } = new();
    }

    /// <summary>The broker refused it: a queue is full and rejects, or could not write.</summary>
    public sealed record Refused : PublishOutcome
    {
        /// <summary>The one instance.</summary>
        public static Refused Instance { get; } = new();
    }

    /// <summary>The channel was lost before the broker answered; the message may be in a queue all the same.</summary>
    /// <param name="Reason">What happened.</param>
    /// <param name="Code">The broker's reply code when it was the broker that closed the channel, such as 404 or 406.</param>
    public sealed record Unknown(string Reason, int? Code) : PublishOutcome;
}
