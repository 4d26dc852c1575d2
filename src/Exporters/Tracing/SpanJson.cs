using System.Buffers;
using System.Text.Json;

namespace Sluice.Exporters.Tracing;

/// <summary>
/// Spans as JSON, in which form they wait in journals and reach sinks:
/// <c>{"traceId":"…","spanId":"…","parentSpanId":"…","name":"…","start":0,"end":0,"error":"…","unfinished":true,"attributes":{…},
/// "events":[{"time":0,"name":"…","attributes":{…}}]}</c>; ids in hexadecimal, times in nanoseconds since the Unix epoch.
/// </summary>
public static class SpanJson
{
    /// <summary>The content type of an item that is such a span.</summary>
    public const string ContentType = "application/vnd.sluice.span+json";

    /// <summary>Writes a span.</summary>
    public static byte[] Write(Span span)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("traceId", span.TraceId.ToHexString());
            json.WriteString("spanId", span.SpanId.ToHexString());
            if (span.ParentSpanId is { } parent)
            {
                json.WriteString("parentSpanId", parent.ToHexString());
            }

            json.WriteString("name", span.Name);
            json.WriteNumber("start", span.StartTimeUnixNano);
            json.WriteNumber("end", span.EndTimeUnixNano);
            if (span.Error is { } error)
            {
                json.WriteString("error", error);
            }

            if (span.Unfinished)
            {
                json.WriteBoolean("unfinished", true);
            }

            WriteAttributes(json, span.Attributes);
            WriteEvents(json, span.Events);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> has written; null when the JSON is no span.</summary>
    internal static WrittenSpan? TryRead(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object
            || Hex(json, "traceId", 32) is not { } trace
            || Hex(json, "spanId", 16) is not { } span
            || Text(json, "name") is not { } name
            || Number(json, "start") is not { } start
            || Number(json, "end") is not { } end)
        {
            return null;
        }

        var events = json.TryGetProperty("events", out var moments) && moments.ValueKind is JsonValueKind.Array
            ? moments.EnumerateArray().Where(moment => moment.ValueKind is JsonValueKind.Object)
                .Select(moment => (Number(moment, "time") ?? start, Text(moment, "name") ?? "", Attributes(moment)))
            : [];
        return new WrittenSpan(trace, span, Hex(json, "parentSpanId", 16), name, start, end, Text(json, "error"), Attributes(json), [.. events]);
    }

    private static void WriteEvents(Utf8JsonWriter json, IReadOnlyList<SpanEvent> events)
    {
        if (events.Count == 0)
        {
            return;
        }

        json.WriteStartArray("events");
        foreach (var moment in events)
        {
            json.WriteStartObject();
            json.WriteNumber("time", moment.TimeUnixNano);
            json.WriteString("name", moment.Name);
            WriteAttributes(json, moment.Attributes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> attributes)
    {
        json.WriteStartObject("attributes");
        foreach (var (name, value) in attributes)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value);
        }

        json.WriteEndObject();
    }

    private static JsonElement Attributes(JsonElement json) => json.TryGetProperty("attributes", out var attributes) ? attributes : default;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private static ulong? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var number) && number.ValueKind is JsonValueKind.Number && number.TryGetUInt64(out var whole) ? whole : null;

    private static string? Hex(JsonElement json, string name, int digits) =>
        Text(json, name) is { } text && text.Length == digits && text.All(char.IsAsciiHexDigit) ? text : null;

    /// <summary>A span as it was written.</summary>
    internal sealed record WrittenSpan(
        string TraceId,
        string SpanId,
        string? ParentSpanId,
        string Name,
        ulong Start,
        ulong End,
        string? Error,
        JsonElement Attributes,
        IReadOnlyList<(ulong Time, string Name, JsonElement Attributes)> Events);
}
