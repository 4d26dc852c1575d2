namespace Sluice.Cluster.Transport;

/// <summary>How a transport stands to its broker.</summary>
public enum TransportState
{
    /// <summary>Not joined, or left.</summary>
    Closed,

    /// <summary>What is sent is taken.</summary>
    Connected,

    /// <summary>The broker takes nothing for now, for instance because its memory runs short. Sends wait; receiving goes on.</summary>
    Blocked,

    /// <summary>There is no connection; the transport tries to get it back by itself. Sends wait.</summary>
    Disconnected,
}
