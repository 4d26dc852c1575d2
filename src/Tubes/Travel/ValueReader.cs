using System.Collections;
using System.Text.Json;

namespace Sluice.Tubes.Travel;

/// <summary>Reads values as <see cref="ValueWriter"/> writes them.</summary>
public static class ValueReader
{
    /// <summary>Reads as many values as there is room for.</summary>
    /// <exception cref="FormatException">This is not what was written, or there are more or fewer values.</exception>
    public static void Read(JsonElement json, Span<object?> values) => Read(json, values, ValueTypes.Plain);

    /// <summary>Reads as many values as there is room for.</summary>
    /// <param name="json">What was written.</param>
    /// <param name="values">The room.</param>
    /// <param name="types">Whose values may come besides plain ones.</param>
    /// <exception cref="FormatException">This is not what was written, or there are more or fewer values.</exception>
    public static void Read(JsonElement json, Span<object?> values, ValueTypes types)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != values.Length)
        {
            throw new FormatException($"{values.Length} values were expected.");
        }

        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            values[index++] = Read(item, types);
        }
    }

    private static object? Read(JsonElement json, ValueTypes types) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.GetInt64(),
        JsonValueKind.Array => Items(json, types),
        _ => ReadNamed(json.EnumerateObject().Single(), types),
    };

    private static object? ReadNamed(JsonProperty named, ValueTypes types) => named.Name switch
    {
        "none" => NoEvent.Value,
        "absent" => Absent.Value,
        "array" => Items(named.Value, types).ToArray(),
        "map" => Map(named.Value, types),
        ['=', .. var own] => Own(types.TypeOf(own), named.Value),
        [.. var element, '[', ']'] => Plain(element, named.Value, isArray: true),
        [.. var element, '+'] => Plain(element, named.Value, isArray: false),
        var name => PlainTypes.Read(name, named.Value.GetString() ?? throw new FormatException("A text was expected.")),
    };

    private static List<object?> Items(JsonElement json, ValueTypes types) => [.. json.EnumerateArray().Select(item => Read(item, types))];

    private static Dictionary<string, object?> Map(JsonElement json, ValueTypes types)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var pair in json.EnumerateArray())
        {
            map[pair[0].GetString() ?? throw new FormatException("A key was expected.")] = Read(pair[1], types);
        }

        return map;
    }

    private static object? Own(Type type, JsonElement json)
    {
        try
        {
            return json.Deserialize(type, ValueTypes.Json);
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new FormatException($"This is no {type}: {unfit.Message}", unfit);
        }
    }

    private static IList Plain(string element, JsonElement json, bool isArray)
    {
        var type = PlainTypes.TypeOf(element) ?? throw new FormatException($"'{element}' is no type of a value that travels.");
        var items = Array.CreateInstance(type, json.GetArrayLength());
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            items.SetValue(item.GetString() is { } text ? PlainTypes.Read(element, text) : null, index++);
        }

        return isArray ? items : (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type), items)!;
    }
}
