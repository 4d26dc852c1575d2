using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Conformance.Tests.Comparing;

/// <summary>Whether a value is the expected one: a tuple equals a list, numbers equal by value, an object shown as text by the fields that are shown.</summary>
public static class ValueMatch
{
    private static readonly string[] ByChance = ["id", "timestamp"];

    public static bool Same(JsonElement expected, JsonNode? actual) => expected.ValueKind switch
    {
        JsonValueKind.Null => actual is null,
        JsonValueKind.True or JsonValueKind.False => actual is JsonValue && actual.GetValueKind() == expected.ValueKind,
        JsonValueKind.Number => actual is JsonValue && actual.GetValueKind() == JsonValueKind.Number && SameNumber(expected.GetRawText(), actual.ToJsonString()),
        JsonValueKind.String => actual is JsonValue && actual.GetValueKind() == JsonValueKind.String && expected.GetString() == actual.GetValue<string>(),
        JsonValueKind.Array => actual is JsonArray list && SameItems(expected, list),
        JsonValueKind.Object when expected.TryGetProperty("$tuple", out var items) => actual is JsonArray list && SameItems(items, list),
        JsonValueKind.Object => actual is JsonObject members && SameMembers(expected, members),
        _ => false,
    };

    private static bool SameNumber(string expected, string actual) =>
        BigInteger.TryParse(expected, out var whole) && BigInteger.TryParse(actual, out var other)
            ? whole == other
            : double.Parse(expected, System.Globalization.CultureInfo.InvariantCulture).Equals(double.Parse(actual, System.Globalization.CultureInfo.InvariantCulture));

    private static bool SameItems(JsonElement expected, JsonArray actual) =>
        expected.GetArrayLength() == actual.Count && expected.EnumerateArray().Zip(actual).All(pair => Same(pair.First, pair.Second));

    private static bool SameMembers(JsonElement expected, JsonObject actual)
    {
        var isRepr = expected.TryGetProperty("$repr", out _);
        var isEvent = expected.TryGetProperty("node_id", out _) && expected.TryGetProperty("signal", out _);
        var names = expected.EnumerateObject().Select(member => member.Name).Where(name => !isEvent || !ByChance.Contains(name)).ToList();
        return (isRepr || names.Count == actual.Count) && names.TrueForAll(name => actual.ContainsKey(name) && Same(expected.GetProperty(name), actual[name]));
    }
}
