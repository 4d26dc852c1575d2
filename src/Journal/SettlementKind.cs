namespace Sluice.Journal;

/// <summary>The three ways in which an item stops being owed to a sink.</summary>
public enum SettlementKind
{
    /// <summary>The sink confirmed it.</summary>
    Delivered,

    /// <summary>It is among the dead letters.</summary>
    Dead,

    /// <summary>It was given up and counted.</summary>
    Dropped,
}
