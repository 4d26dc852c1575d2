namespace Sluice.Tubes.Errors;

/// <summary>A specification says something it must not. Nothing was built.</summary>
public sealed class InvalidTubeException : TubeException
{
    /// <summary>Names the place (file, line, column), the key and the mistake.</summary>
    public InvalidTubeException(SourcePosition position, string key, string problem, Exception? innerException = null)
        : base($"{position}: {(key.Length == 0 ? "" : key + ": ")}{problem}", innerException)
    {
        Position = position;
        Key = key;
    }

    /// <summary>Where the mistake stands.</summary>
    public SourcePosition Position { get; }

    /// <summary>The key at fault, as a path such as <c>nodes.b.depends</c>; empty for the whole file.</summary>
    public string Key { get; }
}
