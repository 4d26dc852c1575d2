using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>
/// What a value becomes when a slot, a parameter or a property wants another type: numbers that fit exactly, texts that parse, names of
/// enum members, collections element by element, dictionaries as records, JSON as any of these. Nothing is rounded, cut or guessed.
/// </summary>
internal static class Conversions
{
    /// <summary>Converts <paramref name="value"/> to <paramref name="target"/>; false when there is no exact way. Null suits whatever can hold it.</summary>
    public static bool TryConvert(object? value, Type target, out object? result)
    {
        if (value is null)
        {
            result = null;
            return !target.IsValueType || Nullable.GetUnderlyingType(target) is not null;
        }

        if (target.IsInstanceOfType(value))
        {
            result = value;
            return true;
        }

        target = Nullable.GetUnderlyingType(target) ?? target;
        if (target.IsInstanceOfType(value))
        {
            result = value;
            return true;
        }

        return TryConvertKind(value, target, out result) || TryOperator(value, target, out result);
    }

    private static bool TryConvertKind(object value, Type target, out object? result)
    {
        if (value is JsonElement or JsonNode or JsonDocument)
        {
            return TryConvert(JsonValues.ToPlain(value), target, out result);
        }

        switch (Kinds.Of(target))
        {
            case Kind.Number: return Numbers.TryConvert(value, target, out result);
            case Kind.Boolean: return Texts.TryBoolean(value, out result);
            case Kind.Character: return Texts.TryCharacter(value, out result);
            case Kind.Text: return Texts.TryText(value, out result);
            case Kind.Enumeration: return Texts.TryEnum(value, target, out result);
            case Kind.Scalar: return Texts.TryParse(value, target, out result);
            case Kind.Tuple: return Collections.TryTuple(value, target, out result);
            case Kind.Map: return Maps.TryConvert(value, target, out result);
            case Kind.Sequence: return Collections.TryConvert(value, target, out result);
            case Kind.Json: return JsonValues.TryFrom(value, target, out result);
            case Kind.Record: return Records.TryConvert(value, target, out result);
            default:
                result = null;
                return false;
        }
    }

    private static bool TryOperator(object value, Type target, out object? result)
    {
        var method = FindOperator(value.GetType(), target);
        result = method?.Invoke(null, [value]);
        return method is not null;
    }

    private static MethodInfo? FindOperator(Type from, Type to) =>
        new[] { from, to }
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .FirstOrDefault(method => method.Name == "op_Implicit"
                && to.IsAssignableFrom(method.ReturnType)
                && method.GetParameters()[0].ParameterType.IsAssignableFrom(from));

    /// <summary>False only where no value of type <paramref name="from"/> can ever become a <paramref name="to"/>: then it is a mistake to wire them.</summary>
    public static bool CanEver(Type from, Type to)
    {
        from = Nullable.GetUnderlyingType(from) ?? from;
        to = Nullable.GetUnderlyingType(to) ?? to;
        if (to.IsAssignableFrom(from) || from.IsAssignableFrom(to) || FindOperator(from, to) is not null)
        {
            return true;
        }

        var (source, target) = (Kinds.Of(from), Kinds.Of(to));
        if (source is Kind.Any or Kind.Json || target is Kind.Any or Kind.Json)
        {
            return true;
        }

        return Kinds.Reaches(source, target) || IsOpen(from) && to.IsInterface || IsOpen(to) && from.IsInterface;
    }

    /// <summary>A type whose values may be of a derived type that we cannot see from here.</summary>
    private static bool IsOpen(Type type) => !type.IsSealed && !type.IsValueType;
}
