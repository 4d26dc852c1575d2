using Sluice.Actors.Pools.Policies;
using Sluice.Actors.Pools.Retries;
using Sluice.Actors.Pools.Sending;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>An exporter's place in its pool; it stays while the actor in it comes and goes.</summary>
internal sealed class Seat
{
    /// <summary>What the exporter needs, whatever its incarnation.</summary>
    public required ExporterContext Context { get; set; }

    /// <summary>What the exporter has done.</summary>
    public ExporterCounters Counters { get; } = new();

    /// <summary>When it is started again after a crash.</summary>
    public required RetrySchedule Restarts { get; init; }

    /// <summary>How far it has come; null for a shadow, which nobody waits for and which relieves nobody.</summary>
    public required Lane? Lane { get; init; }

    /// <summary>The living actor; null between a crash and the next start.</summary>
    public IActorRef? Actor { get; set; }

    /// <summary>When the actor was started, as a timestamp.</summary>
    public long StartedAt { get; set; }

    /// <summary>What it was last told that it may send.</summary>
    public long ReleasedUpTo { get; set; } = long.MaxValue;

    /// <summary>What it would have been handed while it was not there, and what its predecessor left behind; only what is not in the journal.</summary>
    public List<PoolEntry> Missed { get; } = [];

    /// <summary>Whether it has nothing left to send, in a pool that drains.</summary>
    public bool IsFlushed { get; set; }

    /// <summary>Whether nothing is on its way from it, in a pool that stops or changes its journal.</summary>
    public bool IsHalted { get; set; }

    /// <summary>The change that takes it out of the pool; null while it belongs to it.</summary>
    public PoolChange? Leaving { get; set; }

    /// <summary>The exporter's name.</summary>
    public string Name => Context.Name;

    /// <summary>Whether its results are ignored.</summary>
    public bool IsShadow => Context.Settings.Shadow;

    /// <summary>Where an item is that the exporter has not reported on and will not.</summary>
    public ExportFate FateOfMissing =>
        Context.Save is SaveMode.Off || Leaving is { Message: RemoveExporter { Fate: not UnsentDataFate.Keep } } ? ExportFate.NotOwed : ExportFate.Unsent;
}
