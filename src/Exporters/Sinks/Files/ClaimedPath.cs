using System.Collections.Concurrent;

namespace Sluice.Exporters.Sinks.Files;

/// <summary>A path that one sink of this process writes to. Links are followed, so that two names of one file are one claim.</summary>
internal sealed class ClaimedPath : IDisposable
{
    private static readonly ConcurrentDictionary<string, string> Owners = new(StringComparer.Ordinal);

    private ClaimedPath(string path) => Path = path;

    public string Path { get; }

    /// <summary>Claims a path for a sink.</summary>
    /// <exception cref="SinkSettingsException">Another sink of this process has it.</exception>
    public static ClaimedPath For(string path, string sink)
    {
        var real = WithLinksFollowed(path);
        while (!Owners.TryAdd(real, sink))
        {
            if (Owners.TryGetValue(real, out var owner))
            {
                throw new SinkSettingsException(sink, "path", $"{real} is already written by the sink '{owner}'; give each sink a file of its own.");
            }
        }

        return new ClaimedPath(real);
    }

    public void Dispose() => Owners.TryRemove(Path, out _);

    private static string WithLinksFollowed(string path)
    {
        var file = new FileInfo(System.IO.Path.GetFullPath(path));
        var target = Target(file);
        var folder = System.IO.Path.GetDirectoryName(target);
        return folder is null
            ? target
            : System.IO.Path.Combine(WithLinksFollowed(new DirectoryInfo(folder)), System.IO.Path.GetFileName(target));
    }

    private static string WithLinksFollowed(DirectoryInfo folder)
    {
        var target = new DirectoryInfo(Target(folder));
        return target.Parent is null
            ? target.FullName
            : System.IO.Path.Combine(WithLinksFollowed(target.Parent), target.Name);
    }

    private static string Target(FileSystemInfo entry) =>
        (entry.LinkTarget is null ? null : entry.ResolveLinkTarget(returnFinalTarget: true)?.FullName) ?? entry.FullName;
}
