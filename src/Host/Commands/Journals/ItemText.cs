using System.Globalization;
using System.Text.Json;
using Sluice.Journal;

namespace Sluice.Host.Commands.Journals;

/// <summary>A stored item for people and for programs.</summary>
internal static class ItemText
{
    private const int PayloadWidth = 100;

    /// <summary>One line: key, sinks, when it was accepted, where it came from, the beginning of the payload.</summary>
    public static string Line(UnsentItem unsent)
    {
        var item = unsent.Item;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{item.Key}  {string.Join(",", unsent.Sinks)}  {item.AcceptedAt:yyyy-MM-dd HH:mm:ss}Z  epoch {item.Origin?.Epoch ?? "-"}  {item.Payload.Length:N0} bytes  {JsonLine.Excerpt(item.Payload, PayloadWidth)}");
    }

    /// <summary>One JSON object.</summary>
    public static string Json(UnsentItem unsent) => JsonLine.Of(json => Write(json, unsent));

    private static void Write(Utf8JsonWriter json, UnsentItem unsent)
    {
        var item = unsent.Item;
        json.WriteString("state", "pending");
        json.WriteString("key", item.Key.ToString());
        json.WriteStartArray("sinks");
        foreach (var sink in unsent.Sinks)
        {
            json.WriteStringValue(sink);
        }

        json.WriteEndArray();
        json.WriteString("acceptedAt", item.AcceptedAt);
        json.WriteString("tube", item.Origin?.Tube);
        json.WriteString("node", item.Origin?.Node);
        json.WriteString("epoch", item.Origin?.Epoch);
        json.WriteString("traceId", item.TraceId);
        json.WriteString("contentType", item.ContentType);
        JsonLine.WriteArguments(json, item.Arguments);
        JsonLine.WritePayload(json, item.ContentType, item.Payload);
    }
}
