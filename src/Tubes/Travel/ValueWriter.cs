using System.Collections;
using System.Text.Json;

namespace Sluice.Tubes.Travel;

// Texts, truth values, null and 64-bit whole numbers are themselves in JSON, and a list of anything is an array. Everything else is an object with one key that names it:
//   {"f64":"0.1"} a plain value   {"i32[]":["1","2"]} an array of such   {"i32+":["1","2"]} a list of such
//   {"array":[…]} an array of anything   {"map":[["key",…],…]} a dictionary by text   {"none":0} no event   {"absent":0} nothing came
//   {"=T":…} a value of a type of the node code's own, or a tuple or collection of such, as System.Text.Json writes it; T is a TypeExpression

/// <summary>Writes values of tubes as JSON that says of which type they are.</summary>
public static class ValueWriter
{
    private const int Deepest = 60;

    /// <summary>The values as one JSON array; false when one of them cannot travel, with a word for what it is.</summary>
    public static bool TryWrite(ReadOnlySpan<object?> values, out JsonElement json, out string? obstacle) =>
        TryWrite(values, ValueTypes.Plain, out json, out obstacle);

    /// <summary>The values as one JSON array; false when one of them cannot travel, with a word for what it is.</summary>
    /// <param name="values">The values.</param>
    /// <param name="types">Whose values may travel besides plain ones.</param>
    /// <param name="json">The array.</param>
    /// <param name="obstacle">What cannot travel.</param>
    public static bool TryWrite(ReadOnlySpan<object?> values, ValueTypes types, out JsonElement json, out string? obstacle)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        writer.WriteStartArray();
        obstacle = null;
        foreach (var value in values)
        {
            if (!Write(writer, value, types, 0, ref obstacle))
            {
                json = default;
                return false;
            }
        }

        writer.WriteEndArray();
        writer.Flush();
        var reader = new Utf8JsonReader(buffer.WrittenSpan, new JsonReaderOptions { MaxDepth = 3 * Deepest });
        json = JsonElement.ParseValue(ref reader);
        return true;
    }

    private static bool Write(Utf8JsonWriter json, object? value, ValueTypes types, int depth, ref string? obstacle)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                return true;
            case string text:
                json.WriteStringValue(text);
                return true;
            case bool flag:
                json.WriteBooleanValue(flag);
                return true;
            case long number:
                json.WriteNumberValue(number);
                return true;
            case NoEvent or Absent:
                json.WriteStartObject();
                json.WriteNumber(value is NoEvent ? "none" : "absent", 0);
                json.WriteEndObject();
                return true;
        }

        if (PlainTypes.NameOf(value.GetType()) is { } name)
        {
            json.WriteStartObject();
            json.WriteString(name, PlainTypes.Write(value));
            json.WriteEndObject();
            return true;
        }

        if (depth >= Deepest)
        {
            obstacle = $"a value nested more than {Deepest} deep";
            return false;
        }

        return value switch
        {
            object?[] array when value.GetType() == typeof(object[]) => WriteAny(json, "array", array, types, depth, ref obstacle),
            List<object?> list => WriteItems(json, list, types, depth, ref obstacle),
            Dictionary<string, object?> map => WriteMap(json, map, types, depth, ref obstacle),
            IList typed when PlainList(value.GetType()) is { } tag => WritePlain(json, tag, typed),
            _ when types.NameOf(value.GetType()) is { } own => WriteOwn(json, own, value, out obstacle),
            _ => Refuse(value, out obstacle),
        };
    }

    private static bool WriteOwn(Utf8JsonWriter json, string name, object value, out string? obstacle)
    {
        obstacle = null;
        try
        {
            json.WriteStartObject();
            json.WritePropertyName("=" + name);
            JsonSerializer.Serialize(json, value, value.GetType(), ValueTypes.Json);
            json.WriteEndObject();
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException or InvalidOperationException)
        {
            obstacle = $"a {value.GetType()} ({unfit.Message})";
        }

        return obstacle is null;
    }

    private static bool Refuse(object value, out string obstacle)
    {
        obstacle = $"a {value.GetType()}";
        return false;
    }

    private static string? PlainList(Type type) =>
        type.IsSZArray ? Tag(type.GetElementType()!, "[]")
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? Tag(type.GetGenericArguments()[0], "+")
        : null;

    private static string? Tag(Type element, string suffix) => PlainTypes.NameOf(element) is { } name ? name + suffix : null;

    private static bool WritePlain(Utf8JsonWriter json, string tag, IList items)
    {
        json.WriteStartObject();
        json.WriteStartArray(tag);
        foreach (var item in items)
        {
            if (item is null)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteStringValue(PlainTypes.Write(item));
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return true;
    }

    private static bool WriteAny(Utf8JsonWriter json, string tag, IList items, ValueTypes types, int depth, ref string? obstacle)
    {
        json.WriteStartObject();
        json.WritePropertyName(tag);
        if (!WriteItems(json, items, types, depth, ref obstacle))
        {
            return false;
        }

        json.WriteEndObject();
        return true;
    }

    private static bool WriteItems(Utf8JsonWriter json, IList items, ValueTypes types, int depth, ref string? obstacle)
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            if (!Write(json, item, types, depth + 1, ref obstacle))
            {
                return false;
            }
        }

        json.WriteEndArray();
        return true;
    }

    private static bool WriteMap(Utf8JsonWriter json, Dictionary<string, object?> map, ValueTypes types, int depth, ref string? obstacle)
    {
        json.WriteStartObject();
        json.WriteStartArray("map");
        foreach (var (key, value) in map)
        {
            json.WriteStartArray();
            json.WriteStringValue(key);
            if (!Write(json, value, types, depth + 1, ref obstacle))
            {
                return false;
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return true;
    }
}
