namespace Sluice.Tubes.Scheduling;

/// <summary>Where a node stands in one epoch.</summary>
internal enum NodeState : byte
{
    /// <summary>Does not run at this level nor inside it, or never runs at all.</summary>
    Outside,

    /// <summary>Runs inside a map that has not said yet how many elements it has.</summary>
    Below,

    /// <summary>Waits for its inputs.</summary>
    Waiting,

    /// <summary>Has its inputs, and waits for its turn after earlier epochs.</summary>
    Held,

    /// <summary>Can be taken.</summary>
    Ready,

    /// <summary>Taken, not yet completed.</summary>
    Out,

    /// <summary>Runs in the epochs of a map's elements.</summary>
    Delegated,

    /// <summary>Has run, here or in all elements.</summary>
    Ran,

    /// <summary>Can not run in this epoch.</summary>
    Skipped,
}
