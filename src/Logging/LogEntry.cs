using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sluice.Messages.Pools;

namespace Sluice.Logging;

/// <summary>
/// One log entry as one JSON object: <c>timestamp</c> (UTC, ISO 8601), <c>level</c>, <c>category</c>, <c>message</c>, and where there are any <c>eventId</c>,
/// <c>eventName</c>, <c>template</c>, <c>attributes</c>, <c>scopes</c>, <c>exception</c>, <c>traceId</c> and <c>spanId</c>. Values that are numbers, truths or
/// texts stay what they are; others are their text.
/// </summary>
internal readonly record struct LogEntry(DateTimeOffset At, LogLevel Level, string Category, EventId Event, Exception? Fault)
{
    private const string Template = "{OriginalFormat}";

    /// <summary>Writes it now, in the logging thread: what is logged may change as soon as that goes on.</summary>
    public PoolItem ToItem<TState>(Func<string> message, TState state, IExternalScopeProvider? scopes)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", At.UtcDateTime);
            json.WriteString("level", Level.ToString());
            json.WriteString("category", Category);
            WriteEvent(json);
            json.WriteString("message", TextOf(message));
            WriteAttributes(json, "attributes", state as IEnumerable<KeyValuePair<string, object?>>);
            WriteScopes(json, scopes);
            WriteFault(json);
            WriteTrace(json);
            json.WriteEndObject();
        }

        return new PoolItem { Payload = buffer.WrittenMemory };
    }

    private void WriteEvent(Utf8JsonWriter json)
    {
        if (Event.Id != 0)
        {
            json.WriteNumber("eventId", Event.Id);
        }

        if (Event.Name is { } name)
        {
            json.WriteString("eventName", name);
        }
    }

    private static void WriteAttributes(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, object?>>? attributes)
    {
        // Of a name that comes twice the last counts: an object with the same name twice is read differently by everybody.
        var named = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in attributes ?? [])
        {
            if (key == Template)
            {
                json.WriteString("template", TextOf(() => value?.ToString()));
            }
            else
            {
                named[key] = value;
            }
        }

        if (named.Count > 0)
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in named)
            {
                json.WritePropertyName(key);
                WriteValue(json, value);
            }

            json.WriteEndObject();
        }
    }

    private static void WriteScopes(Utf8JsonWriter json, IExternalScopeProvider? scopes)
    {
        var all = new List<object?>();
        scopes?.ForEachScope(static (scope, all) => all.Add(scope), all);
        if (all.Count == 0)
        {
            return;
        }

        json.WriteStartArray("scopes");
        foreach (var scope in all)
        {
            WriteValue(json, scope);
        }

        json.WriteEndArray();
    }

    private void WriteFault(Utf8JsonWriter json)
    {
        if (Fault is { } fault)
        {
            json.WriteStartObject("exception");
            json.WriteString("type", fault.GetType().FullName);
            json.WriteString("message", TextOf(() => fault.Message));
            json.WriteString("stackTrace", TextOf(fault.ToString));
            json.WriteEndObject();
        }
    }

    private static void WriteTrace(Utf8JsonWriter json)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } span)
        {
            json.WriteString("traceId", span.TraceId.ToHexString());
            json.WriteString("spanId", span.SpanId.ToHexString());
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case bool truth: json.WriteBooleanValue(truth); break;
            case int or long or short or sbyte or byte or ushort or uint: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            case ulong number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): json.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): json.WriteNumberValue(number); break;
            case DateTime time: json.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset time: json.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            default: json.WriteStringValue(TextOf(() => Convert.ToString(value, CultureInfo.InvariantCulture))); break;
        }
    }

    /// <summary>Whoever logs does not expect it to fail because something cannot be shown.</summary>
    private static string TextOf(Func<string?> text)
    {
        try
        {
            return text() ?? "";
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return $"(its text threw {fault.GetType().Name})";
        }
    }
}
