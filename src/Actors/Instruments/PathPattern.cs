namespace Sluice.Actors.Instruments;

/// <summary>A pattern of actor paths: <c>*</c> is a name or a part of one, <c>**</c> any number of names.</summary>
internal sealed class PathPattern
{
    private readonly string[] _parts;

    private PathPattern(string[] parts) => _parts = parts;

    /// <summary>Reads a pattern; null when it does not begin with a slash or has an empty name.</summary>
    public static PathPattern? TryParse(string text)
    {
        var parts = text.Split('/');
        return parts is ["", _, ..] && parts.Skip(1).All(part => part.Length > 0) ? new PathPattern(parts[1..]) : null;
    }

    /// <summary>The path of a source without its address: <c>/user/a</c> of <c>sluice://system@host/user/a</c>.</summary>
    public static ReadOnlySpan<char> WithoutAddress(string source)
    {
        var authority = source.IndexOf("://", StringComparison.Ordinal);
        var path = authority < 0 ? source.AsSpan() : source.AsSpan(authority + 3);
        var slash = path.IndexOf('/');
        return slash < 0 ? [] : path[slash..];
    }

    public bool Matches(ReadOnlySpan<char> path) => Matches(path, 0);

    private bool Matches(ReadOnlySpan<char> path, int part)
    {
        if (part == _parts.Length)
        {
            return path.IsEmpty;
        }

        if (_parts[part] == "**")
        {
            return Matches(path, part + 1) || (!path.IsEmpty && Matches(Rest(path, out _), part));
        }

        return !path.IsEmpty && IsLike(Rest(path, out var name) is var rest ? name : default, _parts[part]) && Matches(rest, part + 1);
    }

    private static ReadOnlySpan<char> Rest(ReadOnlySpan<char> path, out ReadOnlySpan<char> name)
    {
        path = path[1..];
        var slash = path.IndexOf('/');
        name = slash < 0 ? path : path[..slash];
        return slash < 0 ? [] : path[slash..];
    }

    private static bool IsLike(ReadOnlySpan<char> name, string pattern) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
