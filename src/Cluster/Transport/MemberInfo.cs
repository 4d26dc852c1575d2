using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Sluice.Cluster.Transport;

/// <summary>What a member tells the others about itself when it joins. Never changes while it is a member.</summary>
public sealed record MemberInfo
{
    /// <summary>The protocol version that this program speaks. Members of different versions do not meet.</summary>
    public const int CurrentProtocol = 1;

    /// <summary>The cluster that it belongs to. Members of other clusters are refused.</summary>
    public required string Cluster { get; init; }

    /// <summary>The name of its actor system; part of its actors' addresses.</summary>
    public required string System { get; init; }

    /// <summary>Its name and incarnation.</summary>
    public required MemberId Id { get; init; }

    /// <summary>What it is there for; sorted, without duplicates.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The version of its program; told to people, never compared.</summary>
    public required string Version { get; init; }

    /// <summary>The protocol version that it speaks.</summary>
    public required int Protocol { get; init; }

    /// <summary>When it joined, by its own clock.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>Whether it only looks: it owns no shards, and nobody is told that it comes or goes.</summary>
    public bool IsObserver { get; init; }

    /// <summary>The text form that transports send to other members.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Reads what <see cref="ToBytes"/> wrote, or tells that it is none. Unknown members of later versions are passed over.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out MemberInfo? info)
    {
        try
        {
            info = JsonSerializer.Deserialize<MemberInfo>(bytes);
            return info is { Cluster: not null, System: not null, Id.Name: not null, Roles: not null, Version: not null };
        }
        catch (JsonException)
        {
            info = null;
            return false;
        }
    }

    /// <inheritdoc/>
    public bool Equals(MemberInfo? other) =>
        other is not null && Id == other.Id && Cluster == other.Cluster && System == other.System && Version == other.Version
        && Protocol == other.Protocol && Since == other.Since && IsObserver == other.IsObserver && Roles.SequenceEqual(other.Roles);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();
}
