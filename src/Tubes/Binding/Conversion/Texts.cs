using System.Globalization;
using System.Reflection;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>Texts to values that have one text form, and back; always in the invariant culture.</summary>
internal static class Texts
{
    private static readonly Type[] ParseSignature = [typeof(string), typeof(IFormatProvider)];

    public static bool IsParsable(Type type) => ParseMethod(type) is not null;

    private static MethodInfo? ParseMethod(Type type) =>
        Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IParsable<>))
            ? type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, ParseSignature)
            : null;

    public static bool TryParse(object value, Type target, out object? result)
    {
        result = (value, target) switch
        {
            (string text, _) when target == typeof(Uri) => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri) ? uri : null,
            (DateTime time, _) when target == typeof(DateTimeOffset) => new DateTimeOffset(AsUtc(time)),
            (DateTimeOffset time, _) when target == typeof(DateTime) => time.UtcDateTime,
            (string text, _) => Parse(text, target),
            _ => null,
        };
        return result is not null;
    }

    private static DateTime AsUtc(DateTime time) => time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time;

    private static object? Parse(string text, Type target)
    {
        try
        {
            return ParseMethod(target)?.Invoke(null, [text, CultureInfo.InvariantCulture]);
        }
        catch (TargetInvocationException refused) when (refused.InnerException is FormatException or OverflowException or ArgumentException)
        {
            return null; // the caller names the text and the slot
        }
    }

    public static bool TryBoolean(object value, out object? result)
    {
        result = value is string text && bool.TryParse(text, out var parsed) ? parsed : null;
        return result is not null;
    }

    public static bool TryCharacter(object value, out object? result)
    {
        result = value is string { Length: 1 } text ? text[0] : null;
        return result is not null;
    }

    public static bool TryText(object value, out object? result)
    {
        result = value switch
        {
            char or Enum or Uri => value.ToString(),
            bool flag => flag ? "true" : "false",
            DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
            IFormattable formattable when Kinds.Of(value.GetType()) is Kind.Number or Kind.Scalar => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ when Kinds.Of(value.GetType()) is Kind.Scalar => value.ToString(),
            _ => null,
        };
        return result is not null;
    }

    public static bool TryEnum(object value, Type target, out object? result)
    {
        result = null;
        if (value is string or Enum)
        {
            var wanted = Names.Normalize(value.ToString() ?? "");
            var name = Array.Find(Enum.GetNames(target), candidate => Names.Normalize(candidate) == wanted);
            result = name is null ? null : Enum.Parse(target, name);
        }
        else if (Numbers.TryConvert(value, Enum.GetUnderlyingType(target), out var number) && number is not null)
        {
            var member = Enum.ToObject(target, number);
            result = Enum.IsDefined(target, member) || target.IsDefined(typeof(FlagsAttribute), inherit: false) ? member : null;
        }

        return result is not null;
    }
}
