using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Sluice.Tubes.Binding.Sources;

/// <summary>What the files of a project, of those it refers to and of the folders above them are like, as one short text.</summary>
internal static class ProjectState
{
    private static readonly string[] NotSources = ["bin", "obj", "artifacts", "node_modules"];
    private static readonly string[] SharedFiles = ["Directory.*.props", "Directory.*.targets", "global.json", "nuget.config"];

    public static string Of(string project, string output)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Projects(project).SelectMany(Files).Append(output).Distinct().Order(StringComparer.Ordinal))
        {
            var state = new FileInfo(file);
            var length = state.Exists ? state.Length : -1;
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file} {length} {state.LastWriteTimeUtc.Ticks}\n")));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static HashSet<string> Projects(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([project]);
        while (open.TryPop(out var next))
        {
            if (!File.Exists(next) || !found.Add(next))
            {
                continue;
            }

            foreach (var reference in XDocument.Load(next).Descendants().Where(element => element.Name.LocalName == "ProjectReference"))
            {
                var path = ((string?)reference.Attribute("Include") ?? "").Replace('\\', Path.DirectorySeparatorChar);
                open.Push(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(next) ?? "", path)));
            }
        }

        return found;
    }

    private static IEnumerable<string> Files(string project)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(project) ?? "");
        var own = Sources(folder);
        for (var above = folder.Parent; above is not null; above = above.Parent)
        {
            var here = above;
            own = own.Concat(SharedFiles.SelectMany(here.EnumerateFiles).Select(file => file.FullName));
        }

        return own;
    }

    private static IEnumerable<string> Sources(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories()
                .Where(child => !child.Name.StartsWith('.') && !NotSources.Contains(child.Name))
                .SelectMany(Sources));
}
