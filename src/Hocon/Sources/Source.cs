namespace Sluice.Hocon.Sources;

/// <summary>A text that is parsed, and where the texts it includes are to be found.</summary>
internal abstract class Source(string name, string text)
{
    /// <summary>How error messages call it.</summary>
    public string Name { get; } = name;

    public string Text { get; } = text;

    /// <summary>The same for two sources exactly if they are the same text in the same place.</summary>
    public abstract string Identity { get; }

    /// <summary>Finds what an include statement names; several where the name has no extension.</summary>
    /// <exception cref="ConfigException">This source cannot include such a thing, or it exists and cannot be read.</exception>
    public abstract IReadOnlyList<Source> Find(IncludeStatement statement);

    /// <summary>The names under which a file or resource may be found: a name without extension stands for JSON and HOCON, in this order.</summary>
    protected static IEnumerable<string> Candidates(string name) =>
        Path.HasExtension(name) ? [name] : [name, $"{name}.json", $"{name}.conf"];
}
