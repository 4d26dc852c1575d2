namespace Sluice.Cluster.Transport.Memory;

/// <summary>Which way of a member's connection to the broker is meant.</summary>
[Flags]
public enum LinkDirection
{
    /// <summary>What the member sends.</summary>
    ToBroker = 1,

    /// <summary>What the member receives.</summary>
    FromBroker = 2,

    /// <summary>Both ways.</summary>
    Both = ToBroker | FromBroker,
}
