using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>Sequences and tuples, element by element.</summary>
internal static class Collections
{
    private static readonly ConcurrentDictionary<Type, Func<IEnumerable, IList?>> Fillers = new();

    private static readonly MethodInfo FillList = typeof(Collections).GetMethod(nameof(Fill), BindingFlags.NonPublic | BindingFlags.Static)
        ?? throw new MissingMethodException(nameof(Collections), nameof(Fill));

    public static bool TryConvert(object value, Type target, out object? result)
    {
        result = null;
        if (Elements(value) is not { } elements || ElementType(target) is not { } element)
        {
            return false;
        }

        var fill = Fillers.GetOrAdd(element, static type => FillList.MakeGenericMethod(type).CreateDelegate<Func<IEnumerable, IList?>>());
        var list = fill(elements);
        result = list is null ? null : Shape(list, element, target);
        return result is not null;
    }

    private static IEnumerable? Elements(object value) => value switch
    {
        string => null,
        IEnumerable sequence => sequence,
        ITuple tuple => Items(tuple),
        _ => null,
    };

    private static IEnumerable<object?> Items(ITuple tuple)
    {
        for (var i = 0; i < tuple.Length; i++)
        {
            yield return tuple[i];
        }
    }

    private static List<T>? Fill<T>(IEnumerable elements)
    {
        var list = new List<T>();
        foreach (var element in elements)
        {
            if (!Conversions.TryConvert(element, typeof(T), out var converted))
            {
                return null;
            }

            list.Add((T)converted!);
        }

        return list;
    }

    /// <summary>The T of an array, of a collection interface, or of a class that takes an <c>IEnumerable&lt;T&gt;</c>.</summary>
    public static Type? ElementType(Type target)
    {
        if (target.IsArray)
        {
            return target.GetArrayRank() == 1 ? target.GetElementType() : null;
        }

        var generic = target.IsGenericType && target.GetGenericTypeDefinition() == typeof(IEnumerable<>)
            ? target
            : Array.Find(target.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>));
        return generic?.GetGenericArguments()[0] ?? (target.IsInterface ? typeof(object) : null);
    }

    private static object? Shape(IList list, Type element, Type target)
    {
        if (target.IsInstanceOfType(list))
        {
            return list;
        }

        if (target.IsArray)
        {
            var array = Array.CreateInstance(element, list.Count);
            list.CopyTo(array, 0);
            return array;
        }

        var set = typeof(HashSet<>).MakeGenericType(element);
        var concrete = target.IsAssignableFrom(set) ? set : target;
        var argument = typeof(IEnumerable<>).MakeGenericType(element);
        return concrete.IsAbstract ? null : concrete.GetConstructor([argument])?.Invoke([list]);
    }

    /// <summary>A tuple of the target's type from a tuple or sequence of the same length.</summary>
    public static bool TryTuple(object value, Type target, out object? result)
    {
        result = null;
        var types = TupleTypes.Elements(target);
        if (Elements(value) is not { } elements)
        {
            return false;
        }

        var items = elements.Cast<object?>().ToArray();
        if (items.Length != types.Count)
        {
            return false;
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (!Conversions.TryConvert(items[i], types[i], out items[i]))
            {
                return false;
            }
        }

        result = TupleTypes.Create(target, items);
        return true;
    }
}
