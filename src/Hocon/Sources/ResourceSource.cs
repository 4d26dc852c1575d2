using System.Reflection;

namespace Sluice.Hocon.Sources;

/// <summary>A text embedded in an assembly; includes are sought among the resources of the same assembly.</summary>
internal sealed class ResourceSource : Source
{
    private readonly Assembly _assembly;
    private readonly string _resource;

    private ResourceSource(Assembly assembly, string resource, string name, string text)
        : base($"{name} of {assembly.GetName().Name}", text)
    {
        _assembly = assembly;
        _resource = resource;
    }

    public override string Identity => $"{_assembly.FullName}/{_resource}";

    /// <summary>
    /// Finds a resource that is called <paramref name="name"/>, or whose name ends with a dot and that, as the build names embedded files.
    /// </summary>
    public static ResourceSource? Find(Assembly assembly, string name)
    {
        var resource = assembly.GetManifestResourceNames()
            .Where(found => found == name || found.EndsWith($".{name}", StringComparison.Ordinal))
            .MinBy(found => found.Length);
        if (resource is null || assembly.GetManifestResourceStream(resource) is not { } stream)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return new ResourceSource(assembly, resource, name, reader.ReadToEnd());
    }

    public override IReadOnlyList<Source> Find(IncludeStatement statement) => statement.Kind is "" or "classpath"
        ? [.. Candidates(statement.Name.TrimStart('/').Replace('/', '.')).Select(name => Find(_assembly, name)).OfType<Source>()]
        : throw new ConfigException(
            statement.Origin, $"{statement.Kind}(\"{statement.Name}\") cannot be included from an embedded resource: classpath(\"…\") is expected.");
}
