namespace Sluice.Tubes.Scheduling;

/// <summary>What the scheduler does with a node's results.</summary>
public enum NodeKind
{
    /// <summary>Results are the values of its signals, in its own epoch.</summary>
    Plain,

    /// <summary>The first result is a list: each element begins an epoch of its own.</summary>
    Map,

    /// <summary>Inside a map, results belong to the epoch around the map.</summary>
    Gather,

    /// <summary>What came in is the result of the process call.</summary>
    Return,
}
