using System.Collections;
using System.Globalization;
using System.Numerics;

namespace Sluice.Testing.Nodes.Python;

/// <summary>Python's arithmetic, as far as the test nodes use it: whole numbers without limit, reals, and texts and lists that multiply.</summary>
public static class PythonNumbers
{
    public static object Multiply(object? left, object? right) => (left, right) switch
    {
        (string text, _) => string.Concat(Enumerable.Repeat(text, Count(right))),
        (_, string text) => string.Concat(Enumerable.Repeat(text, Count(left))),
        (IList list, _) => Repeat(list, Count(right)),
        (_, IList list) => Repeat(list, Count(left)),
        _ when IsReal(left) || IsReal(right) => Real(left) * Real(right),
        _ => Shrink(Whole(left) * Whole(right)),
    };

    public static object Add(object? left, object? right) =>
        IsReal(left) || IsReal(right) ? Real(left) + Real(right) : Shrink(Whole(left) + Whole(right));

    public static double Divide(object? numerator, object? denominator) =>
        Real(denominator) == 0 ? throw new DivideByZeroException("division by zero") : Real(numerator) / Real(denominator);

    public static int Count(object? value) => (int)BigInteger.Max(0, Whole(value));

    public static long ToLong(object? value) => (long)Whole(value);

    private static List<object?> Repeat(IList list, int times) => [.. Enumerable.Repeat(list.Cast<object?>(), times).SelectMany(items => items)];

    private static bool IsReal(object? value) => value is double or float;

    private static double Real(object? value) => IsReal(value) ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : (double)Whole(value);

    private static BigInteger Whole(object? value) => value switch
    {
        long number => number,
        int number => number,
        bool flag => flag ? 1 : 0,
        BigInteger number => number,
        _ => throw new InvalidCastException($"unsupported operand type: {value?.GetType().Name ?? "null"}"),
    };

    /// <summary>A whole number in the type that everybody else uses, where it fits.</summary>
    public static object Shrink(BigInteger number)
    {
        if (number < long.MinValue || number > long.MaxValue)
        {
            return number;
        }

        return (long)number;
    }
}
