namespace Sluice.Exporters.Events;

/// <summary>Where an event stands in the life of what it tells of.</summary>
public enum EventKind
{
    /// <summary>Something with a duration began: a run, an epoch, a node's call.</summary>
    Started,

    /// <summary>It ended; carries the id of its start.</summary>
    Ended,

    /// <summary>Something happened at one moment, within what its id or parent names.</summary>
    Happened,
}
