using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Sluice.Tubes.Binding.Conversion;

namespace Sluice.Tubes.Binding.Resolution;

/// <summary>The short names that every tube has, for nodes and assets alike.</summary>
internal static class Builtins
{
    [NodeName("sum")]
    public static object? Sum(IEnumerable iterable, object? start = null)
    {
        var (whole, real, isReal) = (0L, 0d, false);
        foreach (var item in start is null ? iterable.Cast<object?>() : iterable.Cast<object?>().Prepend(start))
        {
            if (!isReal && item is not (double or float or decimal or Half) && Conversions.TryConvert(item, typeof(long), out var number) && number is long next)
            {
                whole = checked(whole + next);
                continue;
            }

            real = (isReal ? real : whole) + Number(item, "sum");
            isReal = true;
        }

        return isReal ? real : (object)whole; // each in its own type
    }

    [NodeName("len")]
    public static long Len(IEnumerable value) => value is ICollection collection ? collection.Count : value.Cast<object?>().LongCount();

    [NodeName("min")]
    public static object? Min(IEnumerable iterable) => iterable.Cast<object?>().MinBy(item => Number(item, "min"));

    [NodeName("max")]
    public static object? Max(IEnumerable iterable) => iterable.Cast<object?>().MaxBy(item => Number(item, "max"));

    [NodeName("abs")]
    public static object Abs(object value) => value is double or float ? Math.Abs(Number(value, "abs")) : (object)Math.Abs((long)Number(value, "abs"));

    [NodeName("str")]
    public static string Str(object? value = null) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    [NodeName("int")]
    public static long Int(object? value = null) => (long)Math.Truncate(value is null ? 0 : Number(value, "int"));

    [NodeName("float")]
    public static double Float(object? value = null) => value is null ? 0 : Number(value, "float");

    [NodeName("bool")]
    public static bool Bool(object? value = null) => value switch
    {
        null or false or "" => false,
        ICollection collection => collection.Count > 0,
        ITuple tuple => tuple.Length > 0,
        _ => !Conversions.TryConvert(value, typeof(double), out var number) || number is not 0d,
    };

    [NodeName("list")]
    public static List<object?> List(IEnumerable? iterable = null) => iterable is null ? [] : [.. iterable.Cast<object?>()];

    [NodeName("set")]
    public static HashSet<object?> Set(IEnumerable? iterable = null) => iterable is null ? [] : [.. iterable.Cast<object?>()];

    [NodeName("dict")]
    public static Dictionary<string, object?> Dict([Rest] IReadOnlyDictionary<string, object?> entries) => new(entries);

    [NodeName("sorted")]
    public static List<object?> Sorted(IEnumerable iterable, bool reverse = false)
    {
        var sorted = iterable.Cast<object?>().Order(Comparer<object?>.Default).ToList();
        if (reverse)
        {
            sorted.Reverse();
        }

        return sorted;
    }

    private static double Number(object? item, string what) =>
        item is not string && Conversions.TryConvert(item, typeof(double), out var number) && number is double real
            ? real
            : throw new ArgumentException($"`{what}` takes numbers, not {Values.Describe(item)}.");
}
