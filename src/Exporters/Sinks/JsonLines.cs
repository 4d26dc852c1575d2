using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sluice.Exporters.Sinks;

/// <summary>Writes items as JSON lines: one valid JSON value each, with no line break inside and one behind.</summary>
internal static class JsonLines
{
    /// <summary>Says why an item cannot be a line of JSON, or null when it can.</summary>
    public static SinkOutcome.Undeliverable? Refusal(SinkItem item)
    {
        if (!item.IsJson)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(item.Payload.Span);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException fault)
        {
            return new($"The payload says {item.ContentType} but is not JSON: {fault.Message}", "invalid-json");
        }
    }

    /// <summary>Writes one line. A payload that is not JSON becomes a string: text as it is, anything else in base64.</summary>
    public static void Write(SinkItem item, Envelope envelope, IBufferWriter<byte> output)
    {
        if (envelope is Envelope.Keyed)
        {
            output.Write("{\"key\":"u8);
            WriteString(item.Key, output);
            output.Write(",\"item\":"u8);
        }

        WritePayload(item, output);
        output.Write(envelope is Envelope.Keyed ? "}\n"u8 : "\n"u8);
    }

    private static void WritePayload(SinkItem item, IBufferWriter<byte> output)
    {
        if (!item.IsJson)
        {
            using var text = new Utf8JsonWriter(output);
            if (item.ContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
            {
                text.WriteStringValue(Encoding.UTF8.GetString(item.Payload.Span));
            }
            else
            {
                text.WriteBase64StringValue(item.Payload.Span);
            }
        }
        else if (item.Payload.Span.IndexOfAny((byte)'\n', (byte)'\r') < 0)
        {
            output.Write(item.Payload.Span);
        }
        else
        {
            using var document = JsonDocument.Parse(item.Payload);
            using var compact = new Utf8JsonWriter(output);
            document.WriteTo(compact);
        }
    }

    private static void WriteString(string value, IBufferWriter<byte> output)
    {
        var encoded = JsonEncodedText.Encode(value);
        output.Write("\""u8);
        output.Write(encoded.EncodedUtf8Bytes);
        output.Write("\""u8);
    }
}
