using System.Collections;
using System.Runtime.CompilerServices;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Nodes;

/// <summary>The elements of a value as nodes see them: of a list or tuple its items, of a text its characters, of a dictionary its keys.</summary>
internal static class Elements
{
    public static IReadOnlyList<object?> Of(object? value, string slot) => value switch
    {
        object?[] array => array,
        IReadOnlyList<object?> list => list,
        string text => [.. text.EnumerateRunes().Select(rune => rune.ToString())],
        IDictionary dictionary => [.. dictionary.Keys.Cast<object?>()],
        ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(index => tuple[index])],
        ICollection collection => [.. collection.Cast<object?>()],
        IEnumerable counted when HasCount(counted) => [.. counted.Cast<object?>()],
        _ => throw new SlotValueException(
            $"{slot} got {(value is null ? "null" : $"a {value.GetType().Name}")}, which has no elements; give it a list, a tuple, a text or a dictionary."),
    };

    private static bool HasCount(IEnumerable values) => values.GetType().GetInterfaces()
        .Any(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyCollection<>));
}
