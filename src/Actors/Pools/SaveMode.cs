namespace Sluice.Actors.Pools;

/// <summary>When an item is saved in the journal.</summary>
public enum SaveMode
{
    /// <summary>Before its send is acknowledged: a process that dies loses nothing that it has accepted.</summary>
    WriteAhead,

    /// <summary>When its first attempt has failed: faster, but what is on its way or queued in memory is lost if the process dies.</summary>
    OnFailure,

    /// <summary>Never: what fails is lost, and is counted.</summary>
    Off,
}
