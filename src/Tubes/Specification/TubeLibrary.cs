using System.Text.RegularExpressions;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Specification.Source;

namespace Sluice.Tubes.Specification;

/// <summary>Finds tubes by id or file name in folders, searched in the order given and in depth; files are looked at when an id is first asked for.</summary>
public sealed partial class TubeLibrary(IEnumerable<string> folders)
{
    private static readonly EnumerationOptions s_deep = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    private readonly Lock _gate = new();
    private Dictionary<string, string>? _files;

    /// <summary>The folders, in search order.</summary>
    public IReadOnlyList<string> Folders { get; } = [.. folders];

    /// <summary>The ids of all tubes in the folders.</summary>
    public IReadOnlyCollection<string> Ids => Files.Keys;

    private Dictionary<string, string> Files
    {
        get
        {
            lock (_gate)
            {
                return _files ??= Index();
            }
        }
    }

    /// <summary>Reads the tube with this id, or in this <c>.yaml</c> or <c>.yml</c> file (as given, or below a folder).</summary>
    /// <exception cref="UnknownTubeException">There is none; says which ids are like it.</exception>
    /// <exception cref="InvalidTubeException">The tube says something it must not.</exception>
    public TubeSpecification Load(string idOrFile) => TubeReader.FromFile(Find(idOrFile), this);

    /// <summary>The file of the tube with this id or file name.</summary>
    /// <exception cref="UnknownTubeException">There is none; says which ids are like it.</exception>
    public string Find(string idOrFile)
    {
        ArgumentNullException.ThrowIfNull(idOrFile);
        if (IsFileName(idOrFile))
        {
            return Folders.Select(folder => Path.Combine(folder, idOrFile)).Prepend(idOrFile).FirstOrDefault(File.Exists)
                ?? throw new UnknownTubeException(Directory.Exists(idOrFile)
                    ? $"{Path.GetFullPath(idOrFile)} is a folder: name the tube's file in it."
                    : $"There is no tube file {Path.GetFullPath(idOrFile)}{(Folders.Count == 0 ? "" : $", nor one below {string.Join(", ", Folders)}")}.");
        }

        return Files.TryGetValue(idOrFile, out var file) ? file
            : throw new UnknownTubeException(Directory.Exists(idOrFile)
                ? $"{Path.GetFullPath(idOrFile)} is a folder: name the tube's file in it, or give the folder with --tubes and name the tube's id."
                : Folders.Count == 0
                ? $"There is no folder to look for the tube '{idOrFile}' in; name one with --tubes, or write the tube's file (.yaml)."
                : $"No tube with the id '{idOrFile}' is in {string.Join(", ", Folders)}. {Nearest.Hint(idOrFile, Files.Keys)}");
    }

    /// <summary>Like <see cref="Load(string)"/>; a file name is looked for beside the asking file first.</summary>
    internal TubeSpecification Load(string idOrFile, SourcePosition asked) =>
        TubeReader.FromFile(FindBeside(idOrFile, asked.File) ?? Find(idOrFile), this);

    internal SourceMap Source(string idOrFile, SourcePosition asked)
    {
        try
        {
            var file = FindBeside(idOrFile, asked.File) ?? Find(idOrFile);
            return YamlSource.Read(File.ReadAllText(file), file);
        }
        catch (UnknownTubeException unknown)
        {
            throw new UnknownTubeException($"{asked}: {unknown.Message}", unknown);
        }
    }

    private static string? FindBeside(string idOrFile, string asker)
    {
        var beside = IsFileName(idOrFile) && Path.GetDirectoryName(asker) is { } folder ? Path.Combine(folder, idOrFile) : null;
        return File.Exists(beside) ? beside : null;
    }

    private static bool IsFileName(string name) =>
        name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private Dictionary<string, string> Index()
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Folders.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*.y*ml", s_deep).Order(StringComparer.Ordinal)))
        {
            if (PeekId(file) is { } id)
            {
                files.TryAdd(id, file);
            }
        }

        return files;
    }

    private static string? PeekId(string file)
    {
        try
        {
            return File.ReadLines(file).Select(line => Header().Match(line)).FirstOrDefault(match => match.Success)?.Groups["id"].Value;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // A file that cannot be read cannot be the tube asked for; if it was, the error says where was looked.
            return null;
        }
    }

    [GeneratedRegex(@"^(?:noob_id|tube)\s*:\s*['""]?(?<id>[\w\-/#]+)['""]?\s*(?:#.*)?$")]
    private static partial Regex Header();
}
