using System.Collections.Immutable;
using Sluice.Cluster.Transport;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster;

/// <summary>A member of the cluster as others see it. Two are equal when they are the same life of the same member, whatever their status.</summary>
public sealed class Member : IEquatable<Member>, IComparable<Member>
{
    internal Member(MemberInfo info, MemberStatus status)
    {
        Info = info;
        Status = status;
        Roles = [.. info.Roles];
        UniqueAddress = new UniqueAddress(new Address("sluice", info.System, info.Id.Name, info.Id.Incarnation), info.Id.Incarnation);
    }

    /// <summary>Its name, unique among the living.</summary>
    public string Name => Info.Id.Name;

    /// <summary>The root of its actors' addresses, incarnation included.</summary>
    public Address Address => UniqueAddress.Address;

    /// <summary>The address of this life of it.</summary>
    public UniqueAddress UniqueAddress { get; }

    /// <summary>Where it is in its life.</summary>
    public MemberStatus Status { get; }

    /// <summary>What it is there for.</summary>
    public ImmutableHashSet<string> Roles { get; }

    /// <summary>The version of its program.</summary>
    public string AppVersion => Info.Version;

    /// <summary>When it joined, by its own clock.</summary>
    public DateTimeOffset Since => Info.Since;

    internal MemberInfo Info { get; }

    /// <summary>Whether it has a role.</summary>
    public bool HasRole(string role) => Roles.Contains(role);

    /// <summary>Whether it joined before another, by the clocks of both; names decide between equals.</summary>
    public bool IsOlderThan(Member other) => CompareTo(other) < 0;

    /// <inheritdoc/>
    public bool Equals(Member? other) => other is not null && UniqueAddress == other.UniqueAddress;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Member);

    /// <inheritdoc/>
    public override int GetHashCode() => UniqueAddress.GetHashCode();

    /// <summary>Oldest first.</summary>
    public int CompareTo(Member? other)
    {
        if (other is null)
        {
            return 1;
        }
        var bySince = Since.CompareTo(other.Since);
        return bySince != 0 ? bySince : Address.CompareTo(other.Address);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Member(address = {Address}, status = {Status}, roles = [{string.Join(", ", Roles.Order())}])";

    internal Member With(MemberStatus status) => new(Info, status);
}
