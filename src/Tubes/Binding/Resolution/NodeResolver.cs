using System.Reflection;
using System.Runtime.Loader;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Nodes.Sources;

namespace Sluice.Tubes.Binding.Resolution;

/// <summary>
/// Finds what a <c>type</c> means. Order: the given assemblies (given names, full names, namespace and method, short names), the builtins,
/// then full names in whatever is loaded, then given patterns. In each, a name as written wins over one that differs in case and underscores.
/// </summary>
internal sealed class NodeResolver
{
    private static readonly Lazy<TypeCatalogue> Builtin = new(() => new TypeCatalogue([typeof(Builtins), typeof(TcpSource), typeof(HttpSource)]));

    private readonly IReadOnlyList<Assembly> _assemblies;
    private readonly Lazy<TypeCatalogue> _given;

    public NodeResolver(IReadOnlyList<Assembly> assemblies)
    {
        _assemblies = assemblies;
        _given = new Lazy<TypeCatalogue>(() => new TypeCatalogue(assemblies));
    }

    /// <exception cref="UnknownNodeTypeException">Nothing has this name.</exception>
    /// <exception cref="WiringException">Several things have it.</exception>
    public NodeTarget Resolve(string type)
    {
        var colon = type.IndexOf(':', StringComparison.Ordinal);
        var found = colon > 0 ? FindIn(type[..colon], type[(colon + 1)..]) : Find(type);
        return found.Count switch
        {
            1 => found[0],
            0 => throw Unknown(type),
            _ => throw Ambiguous(type, found),
        };
    }

    private IReadOnlyList<NodeTarget> Find(string name)
    {
        var found = _given.Value.Find(name);
        if (found.Count == 0)
        {
            found = Builtin.Value.Find(name);
        }

        if (found.Count == 0)
        {
            found = LoadedTypes.Find(name, AssemblyLoadContext.Default.Assemblies.Concat(_assemblies).Distinct());
        }

        return found.Count == 0 ? _given.Value.FindPattern(name) : found;
    }

    private IReadOnlyList<NodeTarget> FindIn(string assemblyName, string name)
    {
        var assembly = _assemblies.Concat(AssemblyLoadContext.Default.Assemblies)
            .FirstOrDefault(candidate => string.Equals(candidate.GetName().Name, assemblyName, StringComparison.OrdinalIgnoreCase));
        return assembly is null || assembly.IsDynamic ? [] : new TypeCatalogue([assembly]).Find(name);
    }

    private UnknownNodeTypeException Unknown(string type)
    {
        var nearest = NearestNames.To(type, _given.Value.Names);
        var hint = nearest.Count == 0 ? "" : $" Did you mean {string.Join(" or ", nearest.Select(name => $"`{name}`"))}?";
        var searched = _assemblies.Count == 0 ? "no assemblies were given" : string.Join(", ", _assemblies.Select(assembly => assembly.GetName().Name));
        return new UnknownNodeTypeException(
            type, nearest, $"Nothing is named `{type}`.{hint} Searched: {searched}. Name a public method or class there, or give more with --nodes.");
    }

    private static WiringException Ambiguous(string type, IReadOnlyList<NodeTarget> found) =>
        new($"`{type}` is ambiguous: it could be {string.Join(" or ", found.Select(target => $"{target} in {target.Type.Assembly.GetName().Name}"))}. "
            + $"Write one in full, such as `{found[0].Qualified}`, or give one a name of its own with [NodeName].");
}
