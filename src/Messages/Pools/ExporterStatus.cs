namespace Sluice.Messages.Pools;

/// <summary>One of a pool's exporters at one moment; the counts are since the pool started, unless said otherwise.</summary>
public sealed record ExporterStatus
{
    /// <summary>The exporter's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is doing.</summary>
    public required ExporterState State { get; init; }

    /// <summary>Items that its sink has confirmed.</summary>
    public long Sent { get; init; }

    /// <summary>Items of attempts that failed, each attempt counted.</summary>
    public long Failed { get; init; }

    /// <summary>Items that went to the dead letters.</summary>
    public long DeadLettered { get; init; }

    /// <summary>Items that nothing keeps: failed with <c>save = off</c>, or a shadow's.</summary>
    public long Lost { get; init; }

    /// <summary>Items still owed to it, from earlier starts too.</summary>
    public long UnsentItems { get; init; }

    /// <summary>Bytes of the payloads still owed to it.</summary>
    public long UnsentBytes { get; init; }

    /// <summary>Age of the oldest item still owed; null when none is.</summary>
    public TimeSpan? OldestAge { get; init; }

    /// <summary>How long something has been owed to it and nothing has moved, as far as was looked; null while nothing is owed.</summary>
    public TimeSpan? NoProgressFor { get; init; }

    /// <summary>When nothing will be owed to it any more, if items come and go as they did lately; null while nothing is owed or it does not get less.</summary>
    public TimeSpan? DrainsIn { get; init; }

    /// <summary>Why the last failed attempt failed.</summary>
    public string? LastError { get; init; }

    /// <summary>When it tries again; null when it is not waiting.</summary>
    public DateTimeOffset? NextRetry { get; init; }

    /// <summary>Bytes of payloads that it holds in memory, never more than its read-ahead.</summary>
    public long BytesInMemory { get; init; }

    /// <summary>Batches on their way now.</summary>
    public int InFlight { get; init; }

    /// <summary>Batches that may be on their way at once now.</summary>
    public int Concurrency { get; init; }

    /// <summary>Times it has crashed and was started again.</summary>
    public int Restarts { get; init; }
}
