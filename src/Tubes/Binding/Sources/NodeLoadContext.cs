using System.Reflection;
using System.Runtime.Loader;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Binding.Sources;

/// <summary>Where node code lives: it shares Sluice's and the program's assemblies, and brings its own others from beside its libraries.</summary>
internal sealed class NodeLoadContext : AssemblyLoadContext
{
    private static readonly HashSet<string> Shared = new(
        (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator).Select(path => Path.GetFileNameWithoutExtension(path)),
        StringComparer.OrdinalIgnoreCase);

    private readonly List<AssemblyDependencyResolver> _resolvers;

    public NodeLoadContext(IEnumerable<string> libraries)
        : base("nodes") => _resolvers = [.. libraries.Select(library => new AssemblyDependencyResolver(library))];

    /// <exception cref="NodeSourceException">The file is no .NET assembly.</exception>
    public Assembly Load(string library)
    {
        try
        {
            return LoadFromAssemblyPath(library);
        }
        catch (Exception refused) when (refused is BadImageFormatException or FileLoadException)
        {
            throw new NodeSourceException($"{library} does not load as a .NET assembly: {refused.Message}", refused);
        }
    }

    /// <summary>The assembly of these bytes; null if they are none.</summary>
    public Assembly? TryLoad(byte[] image)
    {
        try
        {
            using var stream = new MemoryStream(image, writable: false);
            return LoadFromStream(stream);
        }
        catch (BadImageFormatException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is { } name && Shared.Contains(name))
        {
            return null; // the default context has it, once for everybody
        }

        return Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == assemblyName.Name)
            ?? (_resolvers.Select(resolver => resolver.ResolveAssemblyToPath(assemblyName)).FirstOrDefault(path => path is not null) is { } path
                ? LoadFromAssemblyPath(path)
                : null);
    }
}
