using System.Collections;

namespace Sluice.Tubes.Assets;

/// <summary>Copies an asset's new object that others may still change: what can clone itself, lists and dictionaries. Anything else stays shared.</summary>
internal static class DeepCopy
{
    public static object? Of(object? value) => value switch
    {
        Array array => Copied(array),
        IDictionary<string, object?> dictionary => dictionary.ToDictionary(pair => pair.Key, pair => Of(pair.Value)),
        ICloneable cloneable => cloneable.Clone(),
        IList list when !list.IsFixedSize && Activator.CreateInstance(list.GetType()) is IList copy => Filled(copy, list),
        _ => value,
    };

    private static Array Copied(Array array)
    {
        var copy = (Array)array.Clone();
        if (copy.Rank == 1 && !array.GetType().GetElementType()!.IsValueType)
        {
            for (var index = 0; index < copy.Length; index++)
            {
                copy.SetValue(Of(copy.GetValue(index)), index);
            }
        }

        return copy;
    }

    private static IList Filled(IList copy, IList list)
    {
        foreach (var item in list)
        {
            copy.Add(Of(item));
        }

        return copy;
    }
}
