using Sluice.Journal;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Pool to itself: the journal knows the exporters, or could not be told.</summary>
internal sealed record Opened(Exception? Fault);

/// <summary>Pool to itself, behind the sends that are there already: begin a commit.</summary>
internal sealed record BeginCommit
{
    public static BeginCommit Instance { get; } = new();
}

/// <summary>Pool to itself: the journal has given a commit's items their places.</summary>
internal sealed record AppendAdmitted(long Slot);

/// <summary>Pool to itself: numbers for items that are sent before they are saved, or why there are none.</summary>
internal sealed record SequencesReserved(long First, int Count, Exception? Fault);

/// <summary>Pool to itself: start the exporter again.</summary>
internal sealed record StartExporter(Seat Seat);

/// <summary>Pool to itself: look who keeps others waiting.</summary>
internal sealed record LookForSlow
{
    public static LookForSlow Instance { get; } = new();
}

/// <summary>Pool to itself: open the journal again.</summary>
internal sealed record OpenAgain
{
    public static OpenAgain Instance { get; } = new();
}

/// <summary>Pool to itself: the time to drain is over.</summary>
internal sealed record DrainTimedOut
{
    public static DrainTimedOut Instance { get; } = new();
}

/// <summary>Pool to itself: the time to halt is over.</summary>
internal sealed record HaltTimedOut
{
    public static HaltTimedOut Instance { get; } = new();
}

/// <summary>Pool to itself: sinks and journal are closed.</summary>
internal sealed record Closed(long Unsent);

/// <summary>Pool to itself: the journal has done its part of a change.</summary>
internal sealed record ChangeWritten(PoolChange Change, Exception? Fault, long Items = 0, IJournal? Journal = null);
