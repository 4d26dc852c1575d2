using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>Numbers to numbers, exactly: a value that does not fit, or has a fraction where none can be, is refused.</summary>
internal static class Numbers
{
    private delegate bool Converter(object value, out object? result);

    private static readonly ConcurrentDictionary<Type, Converter> Converters = new();

    private static readonly MethodInfo ToNumber = typeof(Numbers).GetMethod(nameof(To), BindingFlags.NonPublic | BindingFlags.Static)
        ?? throw new MissingMethodException(nameof(Numbers), nameof(To));

    public static bool IsNumber(Type type) =>
        type.IsValueType && !type.IsEnum && type != typeof(char)
        && Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(INumber<>));

    public static bool TryConvert(object value, Type target, out object? result)
    {
        var converter = Converters.GetOrAdd(target, static type => ToNumber.MakeGenericMethod(type).CreateDelegate<Converter>());
        return converter(value, out result);
    }

    private static bool To<T>(object value, out object? result)
        where T : struct, INumber<T>
    {
        result = null;
        try
        {
            var converted = value switch
            {
                string text => T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : default(T?),
                Enum member => T.CreateChecked(Convert.ToInt64(member, CultureInfo.InvariantCulture)),
                double number => Exactly<T>(number),
                float number => Exactly<T>(number),
                decimal number => Exactly<T>(number),
                long number => T.CreateChecked(number),
                int number => T.CreateChecked(number),
                ulong number => T.CreateChecked(number),
                uint number => T.CreateChecked(number),
                short number => T.CreateChecked(number),
                ushort number => T.CreateChecked(number),
                byte number => T.CreateChecked(number),
                sbyte number => T.CreateChecked(number),
                BigInteger number => T.CreateChecked(number),
                Half number => Exactly<T>((double)number),
                _ => default(T?),
            };
            result = converted;
        }
        catch (OverflowException)
        {
            return false; // does not fit: the caller says which value and which slot
        }

        return result is not null;
    }

    /// <summary>A number with a fraction fits a type without one only if the fraction is zero.</summary>
    private static TTarget? Exactly<TTarget, TSource>(TSource number)
        where TTarget : struct, INumber<TTarget>
        where TSource : INumber<TSource>
    {
        var holdsFractions = TTarget.CreateTruncating(0.5) != TTarget.Zero;
        return holdsFractions || TSource.IsInteger(number) ? TTarget.CreateChecked(number) : null;
    }

    private static T? Exactly<T>(double number)
        where T : struct, INumber<T> => Exactly<T, double>(number);

    private static T? Exactly<T>(decimal number)
        where T : struct, INumber<T> => Exactly<T, decimal>(number);
}
