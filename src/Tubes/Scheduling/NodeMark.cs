namespace Sluice.Tubes.Scheduling;

/// <summary>Where a node stands in one epoch, and what it still waits for.</summary>
internal struct NodeMark
{
    /// <summary>How many of its inputs are not known yet.</summary>
    public int Pending;

    /// <summary>When it runs in a map's elements: how many of them have not settled it.</summary>
    public int Left;

    /// <summary>When it runs in a map's elements: the first that may not have settled it.</summary>
    public int Cursor;

    public NodeState State;

    /// <summary>It is known that it cannot run.</summary>
    public bool Blocked;

    /// <summary>One of its optional inputs stays empty.</summary>
    public bool IsSilent;

    /// <summary>Whoever watches knows that it has part of its inputs and waits for the rest.</summary>
    public bool IsTold;

    /// <summary>When blocked: the signal whose no-event is why.</summary>
    public int Cause;

    public readonly bool IsSettled => State is NodeState.Ran or NodeState.Skipped or NodeState.Outside;
}
