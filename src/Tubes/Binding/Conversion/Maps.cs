using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>Dictionaries to dictionaries, key by key; a record becomes the dictionary of its public properties.</summary>
internal static class Maps
{
    private static readonly ConcurrentDictionary<(Type Key, Type Value), Func<IEnumerable<KeyValuePair<object, object?>>, object?>> Fillers = new();

    private static readonly MethodInfo FillMap = typeof(Maps).GetMethod(nameof(Fill), BindingFlags.NonPublic | BindingFlags.Static)
        ?? throw new MissingMethodException(nameof(Maps), nameof(Fill));

    public static bool IsMap(Type type) => Arguments(type) is not null || typeof(IDictionary).IsAssignableFrom(type);

    private static Type[]? Arguments(Type type) =>
        new[] { type }.Concat(type.GetInterfaces())
            .FirstOrDefault(i => i.IsGenericType
                && (i.GetGenericTypeDefinition() == typeof(IDictionary<,>) || i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)))
            ?.GetGenericArguments();

    public static bool TryConvert(object value, Type target, out object? result)
    {
        result = null;
        if (Entries(value) is not { } entries)
        {
            return false;
        }

        var arguments = Arguments(target) ?? [typeof(object), typeof(object)];
        var fill = Fillers.GetOrAdd(
            (arguments[0], arguments[1]),
            static types => FillMap.MakeGenericMethod(types.Key, types.Value).CreateDelegate<Func<IEnumerable<KeyValuePair<object, object?>>, object?>>());
        var filled = fill(entries);
        result = target.IsInstanceOfType(filled) || filled is null || target.IsAbstract
            ? filled
            : target.GetConstructor([typeof(IDictionary<,>).MakeGenericType(arguments)])?.Invoke([filled]);
        return result is not null && target.IsInstanceOfType(result);
    }

    /// <summary>The entries of anything that is a dictionary, or of a record's properties; null for everything else.</summary>
    public static IEnumerable<KeyValuePair<object, object?>>? Entries(object value) => value switch
    {
        IDictionary dictionary => Untyped(dictionary),
        IEnumerable pairs when IsMap(value.GetType()) => pairs.Cast<object>().Select(Pair),
        _ when Kinds.Of(value.GetType()) == Kind.Record => Properties(value),
        _ => null,
    };

    private static IEnumerable<KeyValuePair<object, object?>> Untyped(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary) // the dictionary's own enumerator; LINQ would take that of its pairs
        {
            yield return KeyValuePair.Create(entry.Key, entry.Value);
        }
    }

    private static KeyValuePair<object, object?> Pair(object pair)
    {
        var type = pair.GetType();
        return KeyValuePair.Create(type.GetProperty("Key")!.GetValue(pair)!, type.GetProperty("Value")!.GetValue(pair));
    }

    private static IEnumerable<KeyValuePair<object, object?>> Properties(object record) =>
        record.GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
            .Select(property => KeyValuePair.Create<object, object?>(property.Name, property.GetValue(record)));

    private static Dictionary<TKey, TValue>? Fill<TKey, TValue>(IEnumerable<KeyValuePair<object, object?>> entries)
        where TKey : notnull
    {
        var map = new Dictionary<TKey, TValue>();
        foreach (var (key, value) in entries)
        {
            if (!Conversions.TryConvert(key, typeof(TKey), out var convertedKey) || !Conversions.TryConvert(value, typeof(TValue), out var converted))
            {
                return null;
            }

            map[(TKey)convertedKey!] = (TValue)converted!;
        }

        return map;
    }
}
