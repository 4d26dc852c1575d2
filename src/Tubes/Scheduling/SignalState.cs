namespace Sluice.Tubes.Scheduling;

/// <summary>What is known of a signal in one epoch.</summary>
internal enum SignalState : byte
{
    /// <summary>Nothing yet.</summary>
    Unknown,

    /// <summary>It has a value.</summary>
    Present,

    /// <summary>It will not have a value.</summary>
    Absent,
}
