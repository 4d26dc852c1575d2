namespace Sluice.Messages.Pools;

/// <summary>What an exporter of a pool is doing.</summary>
public enum ExporterState
{
    /// <summary>Nothing is owed to it.</summary>
    Idle,

    /// <summary>It is sending, or about to.</summary>
    Sending,

    /// <summary>Its last attempt failed; it waits before the next.</summary>
    BackingOff,

    /// <summary>So many attempts failed that it only probes its sink from time to time.</summary>
    CircuitOpen,

    /// <summary>It has unsent data that is sent only when asked for (<c>manual-reexport = true</c>).</summary>
    WaitingToBeAsked,

    /// <summary>It is being started: the journal is being opened, or it has crashed and waits a little.</summary>
    Starting,

    /// <summary>It does not answer.</summary>
    Silent,
}
