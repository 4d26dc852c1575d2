using System.Collections;
using System.Text.Json;

namespace Sluice.Tubes.Travel;

/// <summary>Reads values as <see cref="ValueWriter"/> writes them.</summary>
public static class ValueReader
{
    /// <summary>Reads as many values as there is room for.</summary>
    /// <exception cref="FormatException">This is not what was written, or there are more or fewer values.</exception>
    public static void Read(JsonElement json, Span<object?> values)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() != values.Length)
        {
            throw new FormatException($"{values.Length} values were expected.");
        }

        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            values[index++] = Read(item);
        }
    }

    private static object? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => json.GetInt64(),
        JsonValueKind.Array => Items(json),
        _ => ReadNamed(json.EnumerateObject().Single()),
    };

    private static object? ReadNamed(JsonProperty named) => named.Name switch
    {
        "none" => NoEvent.Value,
        "absent" => Absent.Value,
        "array" => Items(named.Value).ToArray(),
        "map" => Map(named.Value),
        [.. var element, '[', ']'] => Plain(element, named.Value, isArray: true),
        [.. var element, '+'] => Plain(element, named.Value, isArray: false),
        var name => PlainTypes.Read(name, named.Value.GetString() ?? throw new FormatException("A text was expected.")),
    };

    private static List<object?> Items(JsonElement json) => [.. json.EnumerateArray().Select(Read)];

    private static Dictionary<string, object?> Map(JsonElement json)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var pair in json.EnumerateArray())
        {
            map[pair[0].GetString() ?? throw new FormatException("A key was expected.")] = Read(pair[1]);
        }

        return map;
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
