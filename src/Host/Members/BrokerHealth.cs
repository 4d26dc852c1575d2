using Sluice.Cluster.Transport;

namespace Sluice.Host.Members;

/// <summary>Whether a member can take work, as its transport sees it: for <c>/health/ready</c>.</summary>
internal static class BrokerHealth
{
    /// <summary>Why it cannot; null when it can. A broker that takes nothing for a while still delivers, so that is no reason.</summary>
    /// <param name="cluster">The cluster that was joined.</param>
    /// <param name="broker">What people call the broker.</param>
    public static string? Trouble(Cluster.Cluster cluster, string broker) => cluster.Transport?.State switch
    {
        TransportState.Disconnected => $"no connection to the broker at {broker}",
        null or TransportState.Closed => "not a member of the cluster any more",
        _ => null,
    };
}
