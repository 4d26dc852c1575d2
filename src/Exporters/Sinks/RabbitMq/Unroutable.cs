namespace Sluice.Exporters.Sinks.RabbitMq;

/// <summary>What becomes of an item that no queue is bound for.</summary>
public enum Unroutable
{
    /// <summary>It is sent again later: somebody forgot to declare or bind a queue.</summary>
    Retry,

    /// <summary>It goes to the dead letters: routing keys come from data that may be wrong.</summary>
    DeadLetter,
}
