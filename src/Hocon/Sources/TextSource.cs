namespace Sluice.Hocon.Sources;

/// <summary>A text that lies nowhere: it can include files by absolute path only.</summary>
internal sealed class TextSource(string name, string text) : Source(name, text)
{
    public override string Identity => Name;

    public override IReadOnlyList<Source> Find(IncludeStatement statement) =>
        statement.Kind is "" or "file" && Path.IsPathFullyQualified(statement.Name)
            ? FileSource.Existing(statement.Name, statement.Name)
            : throw new ConfigException(
                statement.Origin, $"'{statement.Name}' cannot be included from a text that is not a file: an absolute path is expected.");
}
