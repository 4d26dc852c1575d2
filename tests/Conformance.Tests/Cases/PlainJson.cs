using System.Text.Json;

namespace Sluice.Conformance.Tests.Cases;

/// <summary>JSON as the plain values that a tube's inputs are.</summary>
public static class PlainJson
{
    public static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out var whole) && !element.GetRawText().Contains('.', StringComparison.Ordinal) ? whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Object => Map(element),
        _ => null,
    };

    public static Dictionary<string, object?> Map(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject().ToDictionary(member => member.Name, member => Value(member.Value)) : [];
}
