using System.Collections.Immutable;

namespace Sluice.Cluster;

/// <summary>What happens in a cluster, published on the event stream of each member's system.</summary>
public static class ClusterEvent
{
    /// <summary>How a subscriber learns what was before.</summary>
    public enum SubscriptionInitialStateMode
    {
        /// <summary>By one <see cref="CurrentClusterState"/>.</summary>
        InitialStateAsSnapshot,

        /// <summary>By the events that led to it.</summary>
        InitialStateAsEvents,
    }

    /// <summary>Snapshot mode.</summary>
    public const SubscriptionInitialStateMode InitialStateAsSnapshot = SubscriptionInitialStateMode.InitialStateAsSnapshot;

    /// <summary>Event mode.</summary>
    public const SubscriptionInitialStateMode InitialStateAsEvents = SubscriptionInitialStateMode.InitialStateAsEvents;

    /// <summary>Anything that happens in a cluster.</summary>
    public interface IClusterDomainEvent;

    /// <summary>A member has come or gone.</summary>
    public interface IMemberEvent : IClusterDomainEvent
    {
        /// <summary>Who, with its new status.</summary>
        Member Member { get; }
    }

    /// <summary>A member is there.</summary>
    public sealed record MemberUp(Member Member) : IMemberEvent;

    /// <summary>A member leaves of its own will. <see cref="MemberRemoved"/> follows.</summary>
    public sealed record MemberLeft(Member Member) : IMemberEvent;

    /// <summary>A member was lost. <see cref="MemberRemoved"/> follows.</summary>
    /// <param name="Member">Who.</param>
    /// <param name="Reason">Why, as a part of a sentence.</param>
    public sealed record MemberDowned(Member Member, string Reason) : IMemberEvent;

    /// <summary>A member is no member any more; its name may come again with another incarnation.</summary>
    /// <param name="Member">Who.</param>
    /// <param name="PreviousStatus"><see cref="MemberStatus.Exiting"/> for one that left, <see cref="MemberStatus.Down"/> for one that was lost.</param>
    public sealed record MemberRemoved(Member Member, MemberStatus PreviousStatus) : IMemberEvent;

    /// <summary>The cluster at one moment.</summary>
    /// <param name="Members">All who are up, oldest first.</param>
    public sealed record CurrentClusterState(ImmutableSortedSet<Member> Members)
    {
        /// <summary>The names of all roles that members have.</summary>
        public ImmutableHashSet<string> AllRoles => [.. Members.SelectMany(member => member.Roles)];
    }
}
