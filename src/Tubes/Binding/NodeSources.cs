using System.Reflection;
using Sluice.Tubes.Binding.Sources;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding;

/// <summary>
/// Loads node code: <c>.dll</c> as it is, <c>.csproj</c> built when needed, and all <c>.cs</c> files compiled together into one assembly. What was
/// compiled once is kept, so that the next start loads it without the compiler.
/// </summary>
public sealed class NodeSources
{
    private readonly CompiledCache _cache;

    /// <summary>Keeps compiled code in <paramref name="cacheFolder"/>, or where the user's caches are: <c>$XDG_CACHE_HOME/sluice/nodes</c> or <c>~/.cache/sluice/nodes</c>.</summary>
    public NodeSources(string? cacheFolder = null) => _cache = new CompiledCache(cacheFolder);

    /// <summary>The file name of node code that is found by itself beside a tube.</summary>
    public const string FileBesideTube = "nodes.cs";

    /// <summary>Loads these files, in order; the assembly compiled from <c>.cs</c> files comes first.</summary>
    /// <exception cref="NodeSourceException">A file does not exist, is of another kind, does not compile, build or load.</exception>
    public async Task<IReadOnlyList<Assembly>> LoadAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken = default)
    {
        var files = paths.Select(Path.GetFullPath).Distinct().ToList();
        foreach (var missing in files.Where(file => !File.Exists(file)))
        {
            throw new NodeSourceException($"There is no file {missing}: check the path given for nodes.");
        }

        var libraries = new List<string>();
        foreach (var file in files.Where(file => !IsSource(file)))
        {
            libraries.Add(Path.GetExtension(file).ToLowerInvariant() switch
            {
                ".dll" => file,
                ".csproj" => await new ProjectBuild(file, _cache.Folder).OutputAsync(cancellationToken).ConfigureAwait(false),
                _ => throw new NodeSourceException($"{file} is no node code: nodes are given as .cs, .csproj or .dll files."),
            });
        }

        var context = new NodeLoadContext(libraries);
        var loaded = libraries.ConvertAll(context.Load);
        var sources = files.Where(IsSource).ToList();
        return sources.Count == 0
            ? loaded
            : [await LoadCompiledAsync(sources, libraries, context, cancellationToken).ConfigureAwait(false), .. loaded];
    }

    private static bool IsSource(string file) => Path.GetExtension(file).Equals(".cs", StringComparison.OrdinalIgnoreCase);

    private async Task<Assembly> LoadCompiledAsync(List<string> sources, List<string> libraries, NodeLoadContext context, CancellationToken cancellationToken)
    {
        var unit = await SourceUnit.ReadAsync(sources, libraries, cancellationToken).ConfigureAwait(false);
        if (_cache.Find(unit.Key) is { } kept && context.TryLoad(kept) is { } known)
        {
            return known;
        }

        var image = NodeCompiler.Compile(unit, cancellationToken);
        _cache.Store(unit.Key, image);
        return context.TryLoad(image) ?? throw new NodeSourceException($"The code compiled from {string.Join(", ", sources)} does not load.");
    }
}
