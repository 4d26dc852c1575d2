namespace Sluice.Kernel.Actor;

/// <summary>Where an actor system lives. A local address has no host.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>Names a system, on another machine or member when <paramref name="host"/> is given.</summary>
    /// <param name="protocol">The scheme, <c>sluice</c> for systems of this kernel.</param>
    /// <param name="system">The system's name.</param>
    /// <param name="host">The machine or member, or <c>null</c> for the system of this process.</param>
    /// <param name="port">The port, where the transport has ports.</param>
    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host;
        Port = port;
    }

    /// <summary>The scheme.</summary>
    public string Protocol { get; }

    /// <summary>The system's name.</summary>
    public string System { get; }

    /// <summary>The machine or member; <c>null</c> for a local address.</summary>
    public string? Host { get; }

    /// <summary>The port, where the transport has ports.</summary>
    public int? Port { get; }

    /// <summary>Whether the address is meaningful only inside its own process.</summary>
    public bool HasLocalScope => Host is null;

    /// <summary>Whether the address can be used from another process.</summary>
    public bool HasGlobalScope => Host is not null;

    /// <summary>Reads <c>protocol://system[@host[:port]]</c>.</summary>
    /// <exception cref="FormatException">The text is no address.</exception>
    public static Address Parse(string address) =>
        TryParse(address, out var result, out var rest) && rest.IsEmpty
            ? result
            : throw new FormatException($"'{address}' is no address: write protocol://system or protocol://system@host:port.");

    internal static bool TryParse(ReadOnlySpan<char> text, out Address address, out ReadOnlySpan<char> rest)
    {
        address = null!;
        rest = default;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
        {
            return false;
        }
        var authority = text[(scheme + 3)..];
        var slash = authority.IndexOf('/');
        rest = slash < 0 ? [] : authority[slash..];
        authority = slash < 0 ? authority : authority[..slash];
        var at = authority.IndexOf('@');
        var system = at < 0 ? authority : authority[..at];
        if (system.IsEmpty)
        {
            return false;
        }
        if (at < 0)
        {
            address = new Address(text[..scheme].ToString(), system.ToString());
            return true;
        }
        var host = authority[(at + 1)..];
        var colon = host.LastIndexOf(':');
        int? port = colon >= 0 && int.TryParse(host[(colon + 1)..], out var number) ? number : null;
        address = new Address(text[..scheme].ToString(), system.ToString(), (port is null ? host : host[..colon]).ToString(), port);
        return true;
    }

    /// <inheritdoc/>
    public bool Equals(Address? other) =>
        other is not null && Port == other.Port && Host == other.Host && System == other.System && Protocol == other.Protocol;

    /// <inheritdoc/>
    public int CompareTo(Address? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Address);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Protocol, System, Host, Port);

    /// <inheritdoc/>
    public override string ToString() =>
        Host is null ? $"{Protocol}://{System}" : Port is null ? $"{Protocol}://{System}@{Host}" : $"{Protocol}://{System}@{Host}:{Port}";

    /// <summary>Whether two addresses name the same system.</summary>
    public static bool operator ==(Address? left, Address? right) => Equals(left, right);

    /// <summary>Whether two addresses name different systems.</summary>
    public static bool operator !=(Address? left, Address? right) => !Equals(left, right);

    /// <summary>Ordinal order of the text forms.</summary>
    public static bool operator <(Address left, Address right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order of the text forms.</summary>
    public static bool operator >(Address left, Address right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order of the text forms.</summary>
    public static bool operator <=(Address left, Address right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order of the text forms.</summary>
    public static bool operator >=(Address left, Address right) => left.CompareTo(right) >= 0;
}
