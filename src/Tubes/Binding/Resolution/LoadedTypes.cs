using System.Reflection;

namespace Sluice.Tubes.Binding.Resolution;

/// <summary>Full names in everything that is loaded: <c>System.Math.Sqrt</c>. Slow when nothing matches, so it is asked last.</summary>
internal static class LoadedTypes
{
    private const BindingFlags Methods = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance;

    public static IReadOnlyList<NodeTarget> Find(string name, IEnumerable<Assembly> assemblies)
    {
        var searched = assemblies.Where(assembly => !assembly.IsDynamic).ToList();
        var exact = Find(name, searched, ignoreCase: false);
        return exact.Count > 0 ? exact : Find(name, searched, ignoreCase: true);
    }

    private static List<NodeTarget> Find(string name, List<Assembly> assemblies, bool ignoreCase)
    {
        var types = Types(name, assemblies, ignoreCase).Select(type => new NodeTarget(type, null));
        var dot = name.LastIndexOf('.');
        var methods = dot <= 0
            ? []
            : Types(name[..dot], assemblies, ignoreCase).SelectMany(type => MethodsOf(type, name[(dot + 1)..], ignoreCase));
        return [.. types.Concat(methods).Distinct()];
    }

    private static IEnumerable<Type> Types(string name, List<Assembly> assemblies, bool ignoreCase) =>
        assemblies.Select(assembly => assembly.GetType(name, throwOnError: false, ignoreCase)).OfType<Type>().Where(type => type.IsVisible);

    private static IEnumerable<NodeTarget> MethodsOf(Type type, string name, bool ignoreCase) =>
        type.GetMethods(Methods)
            .Where(method => string.Equals(method.Name, name, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            .Where(method => !method.IsGenericMethodDefinition)
            .Select(method => new NodeTarget(type, method));
}
