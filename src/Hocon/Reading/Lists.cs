namespace Sluice.Hocon.Reading;

/// <summary>Reads a value that must be a list.</summary>
internal static class Lists
{
    /// <summary>The elements; those of an object with the keys 0, 1, 2 … where it stands for a list.</summary>
    public static IReadOnlyList<HoconValue> ItemsOf(HoconValue value, KeyPath path) => value switch
    {
        HoconArray list => list.Items,
        HoconObject fields when NumberedKeys.Sort(fields.Fields) is { Count: > 0 } items => items,
        _ => throw Mistakes.WrongType(value, path, "a list such as '[a, b]'"),
    };
}
