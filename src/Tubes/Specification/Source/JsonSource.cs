using System.Text.Json;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Specification.Source;

/// <summary>Reads JSON text. Its positions are the file's only.</summary>
internal static class JsonSource
{
    public static SourceMap Read(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Read(document.RootElement, name);
        }
        catch (JsonException broken)
        {
            var position = new SourcePosition(name, (int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? 0) + 1);
            throw new InvalidTubeException(position, "", "this is not valid JSON: " + broken.Message, broken);
        }
    }

    public static SourceMap Read(JsonElement element, string name)
    {
        var position = new SourcePosition(name, 0, 0);
        return Convert(element, position) as SourceMap
            ?? throw new InvalidTubeException(position, "", "a tube is a mapping of keys such as noob_id and nodes.");
    }

    private static SourceNode Convert(JsonElement element, SourcePosition position) => element.ValueKind switch
    {
        JsonValueKind.Object => new SourceMap(
            position, element.EnumerateObject().Select(member => new SourceEntry(member.Name, position, Convert(member.Value, position)))),
        JsonValueKind.Array => new SourceList(position, [.. element.EnumerateArray().Select(item => Convert(item, position))]),
        _ => new SourceScalar(position, Scalar(element), element.ToString()),
    };

    private static object? Scalar(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? (object)whole : element.GetDouble(),
        _ => null,
    };
}
