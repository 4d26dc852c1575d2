using System.Text;

namespace Sluice.Hocon.Sources;

/// <summary>A file; relative includes are sought in its own folder, never in the current one.</summary>
internal sealed class FileSource : Source
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;

    private FileSource(string name, string path, string text)
        : base(name, text) => _path = path;

    public override string Identity => _path;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ConfigException">It does not exist, cannot be read, or is not UTF-8.</exception>
    public static FileSource Load(string path) =>
        File.Exists(path)
            ? Read(path, Path.GetFullPath(path))
            : throw new ConfigException(new Origin(path, 0, 0), $"{(Directory.Exists(path) ? "this is a folder" : "the file does not exist")}: the path of a HOCON file is expected.");

    /// <summary>Reads those of the candidates for a name that exist.</summary>
    public static IReadOnlyList<Source> Existing(string name, string path) =>
        [.. Candidates(path).Where(File.Exists).Select(found => Read(name + found[path.Length..], found))];

    public override IReadOnlyList<Source> Find(IncludeStatement statement)
    {
        switch (statement.Kind)
        {
            case "" or "file" when !statement.Name.Contains('\0'):
                var shown = Path.Combine(Path.GetDirectoryName(Name) ?? "", statement.Name);
                var path = Path.GetFullPath(statement.Name, Path.GetDirectoryName(_path) ?? "/");
                return Existing(shown, path);
            default:
                throw new ConfigException(
                    statement.Origin, $"{statement.Kind}(\"{statement.Name}\") cannot be included from a file: file(\"…\") or only the name is expected.");
        }
    }

    private static FileSource Read(string name, string path)
    {
        try
        {
            return new FileSource(name, path, StrictUtf8.GetString(File.ReadAllBytes(path)));
        }
        catch (DecoderFallbackException error)
        {
            throw new ConfigException(new Origin(name, 0, 0), $"the file is not UTF-8 at byte {error.Index}: save it as UTF-8.", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException(new Origin(name, 0, 0), $"the file cannot be read: {error.Message}", inner: error);
        }
    }
}
