namespace Sluice.Actors.Pools.Sending;

/// <summary>What an exporter has done; it outlives the actor, so that a crash changes none of it.</summary>
internal sealed class ExporterCounters
{
    /// <summary>Items that the sink has confirmed.</summary>
    public long Sent { get; set; }

    /// <summary>Items of attempts that failed.</summary>
    public long Failed { get; set; }

    /// <summary>Items that went to the dead letters.</summary>
    public long DeadLettered { get; set; }

    /// <summary>Items that nothing keeps.</summary>
    public long Lost { get; set; }

    /// <summary>Why the last failed attempt failed.</summary>
    public string? LastError { get; set; }

    /// <summary>Times that the actor was started again.</summary>
    public int Restarts { get; set; }
}
