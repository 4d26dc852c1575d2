namespace Sluice.Messages.Exporters;

/// <summary>Where an event stands in the life of what it tells of.</summary>
public enum ObservedKind
{
    /// <summary>Something with a duration began.</summary>
    Started,

    /// <summary>It ended; carries the id of its start.</summary>
    Ended,

    /// <summary>Something happened at one moment.</summary>
    Happened,
}
