namespace Sluice.Cluster;

/// <summary>Where a member is in its life.</summary>
public enum MemberStatus
{
    /// <summary>It takes part.</summary>
    Up,

    /// <summary>It has said that it leaves.</summary>
    Exiting,

    /// <summary>It was lost: killed, frozen, cut off, or expelled because it hung.</summary>
    Down,

    /// <summary>It is no member any more.</summary>
    Removed,
}
