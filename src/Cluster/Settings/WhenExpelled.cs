namespace Sluice.Cluster.Settings;

/// <summary>What a member does that the others have lost.</summary>
public enum WhenExpelled
{
    /// <summary>It stops its entities and joins again as another incarnation.</summary>
    Rejoin,

    /// <summary>It ends its actor system; whoever supervises the process starts it again.</summary>
    Terminate,
}
