namespace Sluice.Cluster.Contract;

/// <summary>Breaks of a connection that take a member's patience to be seen for what they are.</summary>
public enum ExpectedBreak
{
    /// <summary>A member falls silent, and is to be missed soon.</summary>
    Silence,

    /// <summary>A connection is back soon, however slow the machine, and its member is not to be missed.</summary>
    Brief,
}
