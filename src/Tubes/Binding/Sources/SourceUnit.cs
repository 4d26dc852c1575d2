using System.Security.Cryptography;
using System.Text;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Sources;

/// <summary>
/// Source files that compile together, what they may refer to, and the key under which the result is kept. The key changes with every byte
/// of the sources, their paths (they are in the stack traces), the runtime, Sluice itself and every library beside it. Knows nothing of the compiler.
/// </summary>
internal sealed record SourceUnit(IReadOnlyList<SourceFile> Files, IReadOnlyList<string> References, string Key)
{
    private const string Format = "sluice nodes 1";

    public static async Task<SourceUnit> ReadAsync(IReadOnlyList<string> paths, IReadOnlyList<string> libraries, CancellationToken cancellationToken)
    {
        var files = new List<SourceFile>();
        foreach (var path in paths)
        {
            try
            {
                files.Add(new SourceFile(path, await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)));
            }
            catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
            {
                throw new NodeSourceException($"{path}: the node code cannot be read ({refused.Message}): make the file readable for this user.", refused);
            }
        }

        var platform = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] references = [.. platform, .. libraries];
        return new SourceUnit(files, references, KeyOf(files, references));
    }

    private static string KeyOf(IEnumerable<SourceFile> files, IEnumerable<string> references)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\0"));

        Add(Format);
        Add(typeof(SourceUnit).Module.ModuleVersionId.ToString()); // changes with each build of Sluice, and with it the compiler
        Add(Environment.Version.ToString());
        foreach (var reference in references.Where(reference => !IsOfRuntime(reference)))
        {
            var file = new FileInfo(reference);
            Add($"{reference} {file.Length} {file.LastWriteTimeUtc.Ticks}");
        }

        foreach (var file in files)
        {
            Add(file.Path);
            Add(file.Text);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The runtime's own files change only with its version.</summary>
    private static bool IsOfRuntime(string reference) =>
        reference.StartsWith(Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "\0", StringComparison.Ordinal);
}
