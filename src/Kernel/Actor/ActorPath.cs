using System.Text;

namespace Sluice.Kernel.Actor;

/// <summary>
/// The place of an actor in its system's tree: <c>sluice://system/user/parent/child</c>. The uid tells apart the actors that
/// lived there one after the other; two paths are equal when their places are, whatever their uids.
/// </summary>
public sealed class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    private const string Punctuation = "-_.*$+:@&=,!~';()";
    private readonly object _above;

    /// <summary>The root of a system.</summary>
    public ActorPath(Address address)
        : this(address, "", 0)
    {
    }

    private ActorPath(object above, string name, long uid)
    {
        _above = above;
        Name = name;
        Uid = uid;
    }

    /// <summary>The last element; empty for the root.</summary>
    public string Name { get; }

    /// <summary>Which of the actors that lived at this place is meant; 0 where that is not known.</summary>
    public long Uid { get; }

    /// <summary>The path above this one; the root is its own parent.</summary>
    public ActorPath Parent => _above as ActorPath ?? this;

    /// <summary>The system that the path belongs to.</summary>
    public Address Address => (Address)Root._above;

    /// <summary>The path without any element.</summary>
    public ActorPath Root
    {
        get
        {
            var path = this;
            while (path._above is ActorPath parent)
            {
                path = parent;
            }
            return path;
        }
    }

    /// <summary>The names from the root down to this path.</summary>
    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new List<string>();
            for (var path = this; path._above is ActorPath parent; path = parent)
            {
                elements.Add(path.Name);
            }
            elements.Reverse();
            return elements;
        }
    }

    /// <summary>Whether a name may be given to an actor: letters, digits and <c>-_.*+:@&amp;=,!~';()</c>, no <c>$</c> in front.</summary>
    public static bool IsValidPathElement(string s) =>
        !string.IsNullOrEmpty(s) && s[0] != '$' && s.All(c => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c) || c == '%');

    /// <summary>Reads <c>protocol://system[@host]/element/…[#uid]</c>.</summary>
    /// <exception cref="FormatException">The text is no path.</exception>
    public static ActorPath Parse(string path) =>
        TryParse(path, out var result)
            ? result
            : throw new FormatException($"'{path}' is no actor path: write protocol://system/user/name.");

    /// <summary>Reads a path, or tells that the text is none.</summary>
    public static bool TryParse(string path, out ActorPath actorPath)
    {
        actorPath = null!;
        if (!Address.TryParse(path, out var address, out var rest))
        {
            return false;
        }
        long uid = 0;
        var hash = rest.LastIndexOf('#');
        if (hash >= 0 && !long.TryParse(rest[(hash + 1)..], out uid))
        {
            return false;
        }
        actorPath = new ActorPath(address);
        foreach (var range in (hash < 0 ? rest : rest[..hash]).Split('/'))
        {
            var element = rest[range];
            actorPath = element.IsEmpty ? actorPath : actorPath.Child(element.ToString());
        }
        actorPath = uid == 0 ? actorPath : actorPath.WithUid(uid);
        return true;
    }

    /// <summary>The path of a child.</summary>
    public ActorPath Child(string childName) => new(this, childName, 0);

    /// <summary>The same place with another uid.</summary>
    public ActorPath WithUid(long uid) => uid == Uid ? this : new ActorPath(_above, Name, uid);

    internal ActorPath Child(string childName, long uid) => new(this, childName, uid);

    /// <summary>The elements alone: <c>/user/parent/child</c>.</summary>
    public string ToStringWithoutAddress() => Write(new StringBuilder()).ToString();

    /// <summary>The path with the given address in place of its own, where its own is local.</summary>
    public string ToStringWithAddress(Address address) =>
        Write(new StringBuilder((Address.HasLocalScope ? address : Address).ToString())).ToString();

    /// <summary>The path with its address and uid: enough to find the very same actor again.</summary>
    public string ToSerializationFormat() => Uid == 0 ? ToString() : $"{this}#{Uid}";

    /// <summary>The path with the given address in place of a local one, and its uid.</summary>
    public string ToSerializationFormatWithAddress(Address address) =>
        Uid == 0 ? ToStringWithAddress(address) : $"{ToStringWithAddress(address)}#{Uid}";

    /// <inheritdoc/>
    public override string ToString() => Write(new StringBuilder(Address.ToString())).ToString();

    /// <inheritdoc/>
    public bool Equals(ActorPath? other)
    {
        for (ActorPath? mine = this, theirs = other; theirs is not null;)
        {
            if (ReferenceEquals(mine, theirs))
            {
                return true;
            }
            if (mine.Name != theirs.Name)
            {
                return false;
            }
            if (mine._above is not ActorPath above || theirs._above is not ActorPath theirAbove)
            {
                return mine._above.Equals(theirs._above);
            }
            (mine, theirs) = (above, theirAbove);
        }
        return false;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = 17;
        for (var path = this; path._above is ActorPath parent; path = parent)
        {
            hash = (hash * 31) + path.Name.GetHashCode(StringComparison.Ordinal);
        }
        return hash;
    }

    /// <inheritdoc/>
    public int CompareTo(ActorPath? other) => string.CompareOrdinal(ToString(), other?.ToString());

    /// <summary>The path of a child.</summary>
    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    /// <summary>The path below by several names.</summary>
    public static ActorPath operator /(ActorPath path, IEnumerable<string> names) => names.Aggregate(path, (above, name) => above.Child(name));

    /// <summary>Whether two paths name the same place.</summary>
    public static bool operator ==(ActorPath? left, ActorPath? right) => Equals(left, right);

    /// <summary>Whether two paths name different places.</summary>
    public static bool operator !=(ActorPath? left, ActorPath? right) => !Equals(left, right);

    /// <summary>Ordinal order of the text forms.</summary>
    public static bool operator <(ActorPath left, ActorPath right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order of the text forms.</summary>
    public static bool operator >(ActorPath left, ActorPath right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order of the text forms.</summary>
    public static bool operator <=(ActorPath left, ActorPath right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order of the text forms.</summary>
    public static bool operator >=(ActorPath left, ActorPath right) => left.CompareTo(right) >= 0;

    private StringBuilder Write(StringBuilder text)
    {
        var elements = Elements;
        if (elements.Count == 0)
        {
            return text.Append('/');
        }
        foreach (var element in elements)
        {
            text.Append('/').Append(element);
        }
        return text;
    }
}
