namespace Sluice.Tubes.Binding.Conversion;

/// <summary>Tuple types of any length: past seven elements C# nests the others in the eighth field.</summary>
internal static class TupleTypes
{
    private const int Flat = 7;

    public static bool IsValueTuple(Type type) =>
        type.IsGenericType && type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true;

    public static IReadOnlyList<Type> Elements(Type tuple)
    {
        var arguments = tuple.GetGenericArguments();
        return arguments.Length <= Flat ? arguments : [.. arguments.Take(Flat), .. Elements(arguments[Flat])];
    }

    public static object Create(Type tuple, IReadOnlyList<object?> items)
    {
        var arguments = tuple.GetGenericArguments();
        var values = arguments.Length <= Flat
            ? [.. items]
            : items.Take(Flat).Append(Create(arguments[Flat], [.. items.Skip(Flat)])).ToArray();
        return Activator.CreateInstance(tuple, values)
            ?? throw new InvalidOperationException($"{tuple} has no constructor for {values.Length} values.");
    }

    /// <summary>The fields (or properties) to follow from a tuple to its element at <paramref name="index"/>.</summary>
    public static IEnumerable<string> Path(int index)
    {
        for (; index >= Flat; index -= Flat)
        {
            yield return "Rest";
        }

        yield return $"Item{index + 1}";
    }
}
