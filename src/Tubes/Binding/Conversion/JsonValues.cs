using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Tubes.Binding.Conversion;

/// <summary>JSON as plain values (text, long, double, bool, null, list, dictionary), and any value as JSON.</summary>
public static class JsonValues
{
    /// <summary>Turns a JsonElement, JsonDocument or JsonNode into plain values; anything else is given back as it is.</summary>
    public static object? ToPlain(object json) => json switch
    {
        JsonElement element => Plain(element),
        JsonDocument document => Plain(document.RootElement),
        JsonNode node => Plain(JsonSerializer.SerializeToElement(node)),
        _ => json,
    };

    private static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Object => Members(element),
        _ => null,
    };

    private static Dictionary<string, object?> Members(JsonElement element)
    {
        var members = new Dictionary<string, object?>();
        foreach (var member in element.EnumerateObject())
        {
            members[member.Name] = Plain(member.Value); // the last of two equal keys wins, as everywhere in JSON
        }

        return members;
    }

    internal static bool TryFrom(object value, Type target, out object? result)
    {
        try
        {
            result = target == typeof(JsonElement)
                ? JsonSerializer.SerializeToElement(value)
                : target == typeof(JsonDocument) ? JsonSerializer.SerializeToDocument(value) : JsonSerializer.SerializeToNode(value);
        }
        catch (NotSupportedException)
        {
            result = null; // a type that JSON has no form for
        }

        return result is not null && target.IsInstanceOfType(result);
    }
}
