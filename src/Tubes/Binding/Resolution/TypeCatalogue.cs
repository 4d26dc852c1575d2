using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Tubes.Binding.Resolution;

/// <summary>All names of all nodes in some assemblies.</summary>
internal sealed class TypeCatalogue
{
    private const BindingFlags Methods = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance;
    private const string AnyName = ".*";

    private readonly ILookup<string, Candidate> _exact;
    private readonly ILookup<string, Candidate> _normalized;
    private readonly List<Candidate> _patterns;

    public TypeCatalogue(IEnumerable<Assembly> assemblies)
        : this(assemblies.Distinct().SelectMany(TypesOf))
    {
    }

    public TypeCatalogue(IEnumerable<Type> types)
    {
        var all = types.SelectMany(Candidates).ToList();
        _patterns = [.. all.Where(candidate => candidate.Name.EndsWith(AnyName, StringComparison.Ordinal))];
        var named = all.Except(_patterns).ToList();
        _exact = named.ToLookup(candidate => candidate.Name, StringComparer.Ordinal);
        _normalized = named.ToLookup(candidate => Binding.Names.Normalize(candidate.Name), StringComparer.Ordinal);
        Names = [.. named.Where(candidate => candidate.Rank != NameRank.Short).Select(candidate => candidate.Name).Distinct()];
    }

    /// <summary>The names worth suggesting.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The targets that a name means: none, one, or several if it is ambiguous. As written first, then ignoring case and underscores.</summary>
    public IReadOnlyList<NodeTarget> Find(string name)
    {
        var exact = Best(_exact[name]);
        return exact.Count > 0 ? exact : Best(_normalized[Binding.Names.Normalize(name)]);
    }

    /// <summary>The targets given a pattern such as <c>noob.testing.*</c> that takes this name.</summary>
    public IReadOnlyList<NodeTarget> FindPattern(string name)
    {
        var wanted = Binding.Names.Normalize(name);
        return [.. _patterns
            .Where(pattern => wanted.StartsWith(Binding.Names.Normalize(pattern.Name[..^1]), StringComparison.Ordinal))
            .Select(pattern => pattern.Target)
            .Distinct()];
    }

    private static List<NodeTarget> Best(IEnumerable<Candidate> candidates) =>
        candidates.GroupBy(candidate => candidate.Rank).OrderBy(rank => rank.Key).FirstOrDefault()?.Select(candidate => candidate.Target).Distinct().ToList() ?? [];

    private static IEnumerable<Type> TypesOf(Assembly assembly) =>
        assembly.GetTypes().Where(type =>
            !type.IsEnum && !type.IsInterface && !type.ContainsGenericParameters && !typeof(Delegate).IsAssignableFrom(type)
            && !typeof(Attribute).IsAssignableFrom(type) && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false));

    private static IEnumerable<Candidate> Candidates(Type type)
    {
        var isStatic = type.IsAbstract && type.IsSealed;
        if (!type.IsAbstract)
        {
            var target = new NodeTarget(type, null);
            foreach (var (name, rank) in NamesOf(type, TypeNames.Full(type), LocalName(type)))
            {
                yield return new Candidate(name, rank, target);
            }
        }

        foreach (var method in type.GetMethods(Methods).Where(method => IsNode(method) && (method.IsStatic || !type.IsAbstract || isStatic)))
        {
            var target = new NodeTarget(type, method);
            foreach (var (name, rank) in NamesOf(method, $"{TypeNames.Full(type)}.{method.Name}", $"{LocalName(type)}.{method.Name}"))
            {
                yield return new Candidate(name, rank, target);
            }

            if (method.IsStatic)
            {
                yield return new Candidate($"{type.Namespace}.{method.Name}".TrimStart('.'), NameRank.Namespace, target);
                yield return new Candidate(method.Name, NameRank.Short, target);
            }
        }
    }

    private static IEnumerable<(string Name, NameRank Rank)> NamesOf(MemberInfo member, string full, string local) =>
        member.GetCustomAttributes<NodeNameAttribute>(inherit: false)
            .Select(given => (given.Name, NameRank.Given))
            .Append((full, NameRank.Full))
            .Append((local, NameRank.Short));

    private static string LocalName(Type type) =>
        type.Namespace is { Length: > 0 } space ? TypeNames.Full(type)[(space.Length + 1)..] : TypeNames.Full(type);

    private static bool IsNode(MethodInfo method) =>
        !method.IsSpecialName && method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType)
        && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !method.Name.StartsWith('<');
}
