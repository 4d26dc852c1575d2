using System.Text.Json;

namespace Sluice.Actors.Exporters;

/// <summary>What events carry, in a form that can go to another member: texts, numbers and truths as they are, anything else as JSON.</summary>
internal static class PlainValues
{
    /// <summary>Whether a value can travel as it is.</summary>
    public static bool IsPlain(object? value) => value is null or string or bool or int or long or double;

    /// <summary>A value as JSON text; one that cannot be written as JSON is written as its text.</summary>
    public static string ToJson(object? value)
    {
        try
        {
            return JsonSerializer.Serialize(value);
        }
        catch (Exception unwritable) when (unwritable is NotSupportedException or JsonException or InvalidOperationException)
        {
            return JsonSerializer.Serialize(value?.ToString());
        }
    }

    /// <summary>Values by name as they can travel: what is not plain goes as JSON text.</summary>
    public static IReadOnlyDictionary<string, object?> ToTravel(IReadOnlyDictionary<string, object?> values) =>
        values.Values.All(IsPlain)
            ? values
            : values.ToDictionary(entry => entry.Key, entry => IsPlain(entry.Value) ? entry.Value : ToJson(entry.Value), StringComparer.Ordinal);

    /// <summary>A value that has travelled: whatever can be a plain value is one again.</summary>
    public static object? Arrived(object? value) => value is not JsonElement json ? value : json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Number when json.TryGetInt64(out var whole) => whole,
        JsonValueKind.Number => json.GetDouble(),
        _ => json,
    };

    /// <summary>Values by name that have travelled.</summary>
    public static IReadOnlyDictionary<string, object?> Arrived(IReadOnlyDictionary<string, object?> values) =>
        values.Values.Any(value => value is JsonElement)
            ? values.ToDictionary(entry => entry.Key, entry => Arrived(entry.Value), StringComparer.Ordinal)
            : values;
}
