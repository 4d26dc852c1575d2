using System.Globalization;
using System.Text;
using System.Text.Json;
using Sluice.Host.Output;
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
        var payload = Encoding.UTF8.GetString(item.Payload.Span);
        var excerpt = payload.Length <= PayloadWidth ? payload : string.Concat(payload.AsSpan(0, PayloadWidth - 1), "…");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{item.Key}  {string.Join(",", unsent.Sinks)}  {item.AcceptedAt:yyyy-MM-dd HH:mm:ss}Z  epoch {item.Origin?.Epoch ?? "-"}  {item.Payload.Length:N0} bytes  {excerpt.ReplaceLineEndings(" ")}");
    }

    /// <summary>One JSON object, the payload as it is when it is JSON, else in base64.</summary>
    public static string Json(UnsentItem unsent)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
        {
            Write(json, unsent);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, UnsentItem unsent)
    {
        var item = unsent.Item;
        json.WriteStartObject();
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
        json.WriteStartObject("arguments");
        foreach (var (name, value) in item.Arguments ?? new Dictionary<string, string>())
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        WritePayload(json, item);
        json.WriteEndObject();
    }

    private static void WritePayload(Utf8JsonWriter json, OwedItem item)
    {
        if (item.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            json.WritePropertyName("item");
            json.WriteRawValue(item.Payload.Span);
        }
        else
        {
            json.WriteBase64String("base64", item.Payload.Span);
        }
    }
}
