using System.Globalization;

namespace Sluice.Exporters.Sinks.Files;

/// <summary>
/// The full files beside the current one: <c>name.000001.ext</c>, the oldest first. Numbers only grow and a roll is one rename,
/// so that a crash between any two steps leaves every line in exactly one file.
/// </summary>
internal sealed class RolledFiles(string current, int maxFiles)
{
    private readonly string _folder = Path.GetDirectoryName(current) ?? ".";
    private readonly string _stem = Path.GetFileNameWithoutExtension(current) + ".";
    private readonly string _extension = Path.GetExtension(current);

    /// <summary>Renames the current file to the next number and deletes what is over the count.</summary>
    /// <returns>The files deleted.</returns>
    public IReadOnlyList<string> TakeOver()
    {
        var files = Existing();
        var next = files.Count == 0 ? 1 : files[^1].Number + 1;
        var path = Path.Combine(_folder, _stem + next.ToString("D6", CultureInfo.InvariantCulture) + _extension);
        File.Move(current, path);
        files.Add((next, path));
        return maxFiles == 0 ? [] : Delete(files.SkipLast(maxFiles));
    }

    /// <summary>Deletes them all.</summary>
    public void Clear() => Delete(Existing());

    private static List<string> Delete(IEnumerable<(long Number, string Path)> files)
    {
        var deleted = new List<string>();
        foreach (var (_, path) in files)
        {
            File.Delete(path);
            deleted.Add(path);
        }

        return deleted;
    }

    private List<(long Number, string Path)> Existing()
    {
        var files = new List<(long Number, string Path)>();
        foreach (var path in Directory.EnumerateFiles(_folder))
        {
            var name = Path.GetFileName(path.AsSpan());
            if (name.StartsWith(_stem, StringComparison.Ordinal)
                && name.EndsWith(_extension, StringComparison.Ordinal)
                && name.Length >= _stem.Length + 6 + _extension.Length
                && long.TryParse(name[_stem.Length..^_extension.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                files.Add((number, path));
            }
        }

        files.Sort();
        return files;
    }
}
