using System.Collections;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>Tells the <see cref="Kind"/> of a type, and which kinds can become which.</summary>
internal static class Kinds
{
    private static readonly ConcurrentDictionary<Type, Kind> Known = new();

    public static Kind Of(Type type) => Known.GetOrAdd(type, Classify);

    private static Kind Classify(Type type)
    {
        if (type == typeof(object) || typeof(Delegate).IsAssignableFrom(type))
        {
            return Kind.Any;
        }

        if (type == typeof(string))
        {
            return Kind.Text;
        }

        if (type == typeof(bool))
        {
            return Kind.Boolean;
        }

        if (type == typeof(char))
        {
            return Kind.Character;
        }

        if (type.IsEnum)
        {
            return Kind.Enumeration;
        }

        if (type == typeof(JsonElement) || type == typeof(JsonDocument) || typeof(JsonNode).IsAssignableFrom(type))
        {
            return Kind.Json;
        }

        return ClassifyShape(type);
    }

    private static Kind ClassifyShape(Type type)
    {
        if (Numbers.IsNumber(type))
        {
            return Kind.Number;
        }

        if (typeof(ITuple).IsAssignableFrom(type) && type.IsGenericType)
        {
            return Kind.Tuple;
        }

        if (Maps.IsMap(type))
        {
            return Kind.Map;
        }

        if (type == typeof(Uri) || Texts.IsParsable(type))
        {
            return Kind.Scalar;
        }

        if (typeof(IEnumerable).IsAssignableFrom(type))
        {
            return Kind.Sequence;
        }

        return type.IsInterface ? Kind.Any : Kind.Record;
    }

    /// <summary>Whether some value of kind <paramref name="source"/> converts to kind <paramref name="target"/>.</summary>
    public static bool Reaches(Kind source, Kind target) => target switch
    {
        Kind.Number => source is Kind.Number or Kind.Text or Kind.Enumeration,
        Kind.Boolean => source is Kind.Boolean or Kind.Text,
        Kind.Character => source is Kind.Text,
        Kind.Text => source is Kind.Text or Kind.Number or Kind.Boolean or Kind.Character or Kind.Enumeration or Kind.Scalar,
        Kind.Enumeration => source is Kind.Text or Kind.Number or Kind.Enumeration,
        Kind.Scalar => source is Kind.Text or Kind.Scalar,
        Kind.Tuple => source is Kind.Tuple or Kind.Sequence,
        Kind.Sequence => source is Kind.Sequence or Kind.Tuple or Kind.Map,
        Kind.Map => source is Kind.Map or Kind.Record,
        Kind.Record => source is Kind.Map,
        _ => true,
    };
}
