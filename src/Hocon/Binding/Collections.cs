using System.Collections;

namespace Sluice.Hocon.Binding;

/// <summary>The types of settings that are lists or dictionaries.</summary>
internal static class Collections
{
    private static readonly HashSet<Type> Lists =
    [
        typeof(IReadOnlyList<>), typeof(IReadOnlyCollection<>), typeof(IEnumerable<>), typeof(IList<>), typeof(ICollection<>), typeof(List<>),
    ];

    private static readonly HashSet<Type> Sets = [typeof(IReadOnlySet<>), typeof(ISet<>), typeof(HashSet<>)];

    private static readonly HashSet<Type> Dictionaries = [typeof(IReadOnlyDictionary<,>), typeof(IDictionary<,>), typeof(Dictionary<,>)];

    /// <summary>What a list or set holds; null if the type is neither.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType()
        : IsOneOf(Lists, type) || IsOneOf(Sets, type) ? type.GetGenericArguments()[0]
        : null;

    /// <summary>What a dictionary with text keys holds; null if the type is none.</summary>
    public static Type? ValueOf(Type type) =>
        IsOneOf(Dictionaries, type) && type.GetGenericArguments()[0] == typeof(string) ? type.GetGenericArguments()[1] : null;

    public static object List(Type type, Type element, IReadOnlyList<object?> items)
    {
        var array = Array.CreateInstance(element, items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            array.SetValue(items[i], i);
        }

        return type.IsArray ? array : Make(IsOneOf(Sets, type) ? typeof(HashSet<>) : typeof(List<>), [element], array);
    }

    public static IDictionary Dictionary(Type value) => (IDictionary)Make(typeof(Dictionary<,>), [typeof(string), value]);

    private static bool IsOneOf(HashSet<Type> definitions, Type type) => type.IsGenericType && definitions.Contains(type.GetGenericTypeDefinition());

    private static object Make(Type definition, Type[] arguments, params object[] with) =>
        Activator.CreateInstance(definition.MakeGenericType(arguments), with)
        ?? throw new NotSupportedException($"{definition} cannot be made.");
}
