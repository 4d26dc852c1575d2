using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Tubes.Travel;

/// <summary>
/// The types besides the plain ones whose values a node may take and give in another process: the records, structs, enums and plain classes of its
/// own assembly, which every member that runs it has loaded, and tuples and collections of such. Whatever arrives names a type by a closed grammar
/// over these; it never chooses any other.
/// </summary>
public sealed class ValueTypes
{
    private static readonly ConditionalWeakTable<Assembly, ValueTypes> s_all = [];

    private readonly ConcurrentDictionary<Type, bool> _fits = [];
    private readonly ConcurrentDictionary<Type, string> _names = [];
    private readonly ConcurrentDictionary<string, Type> _byName = new(StringComparer.Ordinal);
    private readonly Assembly? _assembly;
    private readonly HashSet<Type> _derivedFrom;

    private ValueTypes(Assembly? assembly)
    {
        _assembly = assembly;
        _derivedFrom = [.. TypesOf(assembly).Select(type => type.BaseType).OfType<Type>()];
    }

    /// <summary>None but the plain ones.</summary>
    public static ValueTypes Plain { get; } = new(null);

    internal static JsonSerializerOptions Json { get; } = new()
    {
        IncludeFields = true, // a value tuple has nothing else
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        RespectNullableAnnotations = false,
    };

    /// <summary>Those of an assembly.</summary>
    public static ValueTypes Of(Assembly assembly) => s_all.GetValue(assembly, known => new ValueTypes(known));

    /// <summary>Whether values declared so may travel: everything that such a value consists of is known from its type.</summary>
    internal bool Allows(Type type) => _assembly is not null && _fits.GetOrAdd(type, candidate => TypeShape.Fits(candidate, Own, []));

    /// <summary>The name by which the type is found again; null when its values cannot travel.</summary>
    internal string? NameOf(Type type)
    {
        if (!Allows(type))
        {
            return null;
        }

        var name = _names.GetOrAdd(type, known => IsFound(TypeExpression.Write(known), known));
        return name.Length > 0 ? name : null;
    }

    /// <exception cref="FormatException">The name is none of a type whose values may travel here.</exception>
    internal Type TypeOf(string name)
    {
        if (_byName.TryGetValue(name, out var known))
        {
            return known;
        }

        var type = TypeExpression.Read(name, _assembly);
        return Allows(type) ? _byName.GetOrAdd(name, type) : throw new FormatException($"'{name}' is no type of a value that travels.");
    }

    private static IEnumerable<Type> TypesOf(Assembly? assembly)
    {
        try
        {
            return assembly?.GetTypes() ?? [];
        }
        catch (ReflectionTypeLoadException partly)
        {
            return partly.Types.OfType<Type>(); // the others refer to an assembly that is not there: nothing of theirs can be a value here
        }
    }

    private string IsFound(string name, Type type)
    {
        try
        {
            return TypeExpression.Read(name, _assembly) == type ? name : "";
        }
        catch (FormatException)
        {
            return ""; // a type of the runtime that the grammar has no word for
        }
    }

    /// <summary>A type of the assembly with no heirs: a value declared so is of that type and no other.</summary>
    private bool Own(Type type) =>
        type.Assembly == _assembly && type is { IsGenericType: false, IsAbstract: false } && (type.IsEnum || type.IsValueType || (type.IsClass && !_derivedFrom.Contains(type)));
}
