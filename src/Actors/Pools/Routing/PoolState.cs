using Sluice.Actors.Pools.Watching;
using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>What a pool consists of; only the pool actor's turns touch it.</summary>
internal sealed class PoolState
{
    public PoolState(PoolSetup setup, IActorRef pool)
    {
        Setup = setup;
        Journal = setup.Journal;
        UsesMemory = setup.Settings.UseMemory;
        Roster = new Roster(setup.Settings, setup.Parts);
        Intake = new Intake(setup.Settings);
        Distribution = new Distribution(setup.Settings, Roster, setup.Parts.Time, pool);
        Trends = new DebtTrends(setup.Settings.Name, setup.Parts.Time);
        Fill = new FillTrend(setup.Settings.Name, setup.Parts.Time);
        Turns = new Turns(Roster, setup.Settings.TurnPatience, setup.Parts.Time, pool);
    }

    /// <summary>What it was started with.</summary>
    public PoolSetup Setup { get; }

    /// <summary>How it works.</summary>
    public ExporterPoolSettings Settings => Setup.Settings;

    /// <summary>Where unsent data lies now.</summary>
    public IJournal Journal { get; set; }

    /// <summary>Whether that is in memory.</summary>
    public bool UsesMemory { get; set; }

    /// <summary>Its exporters.</summary>
    public Roster Roster { get; }

    /// <summary>Sends on their way into the journal.</summary>
    public Intake Intake { get; }

    /// <summary>Items on their way to exporters.</summary>
    public Distribution Distribution { get; }

    /// <summary>Who may send how far.</summary>
    public Turns Turns { get; }

    /// <summary>Where what its sinks are owed is going.</summary>
    public DebtTrends Trends { get; }

    /// <summary>When its journal will be full.</summary>
    public FillTrend Fill { get; }

    /// <summary>Whether the journal knows the exporters, so that items can be saved.</summary>
    public bool IsOpen { get; set; }

    /// <summary>Whether commits wait, because the journal is being changed.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether it takes nothing more.</summary>
    public bool IsDraining { get; set; }

    /// <summary>The last position that a new exporter will not be handed: nothing that is being committed now is counted.</summary>
    public long Head => Intake.IsCommitting ? Distribution.HandedUpTo : Math.Max(Distribution.HandedUpTo, Journal.Status.LastPosition);

    /// <summary>The same, and from now on the exporters know of it.</summary>
    public long MoveHead() => Distribution.HandedUpTo = Head;
}
