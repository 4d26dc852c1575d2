using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sluice.Tubes;
using Sluice.Tubes.Epochs;

namespace Sluice.Host.Output;

/// <summary>
/// Values of tubes as JSON. What JSON has no form for is marked by a <c>$</c>: <c>{"$":"NoEvent"}</c>, <c>{"$tuple":[…]}</c>, <c>{"$epoch":"3/b:0"}</c>,
/// and <c>{"$repr":"…"}</c> for an object that cannot be written (a running generator, a handle).
/// </summary>
internal static class ValueJson
{
    private static readonly JsonSerializerOptions Objects = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 64,
    };

    /// <summary>Compact, and readable outside ASCII.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The value as UTF-8 JSON text. A value that cannot be written (its members throw, it holds itself, it is disposed) becomes a <c>$repr</c>.</summary>
    public static byte[] ToUtf8(object? value)
    {
        try
        {
            return ToUtf8(json => WriteValue(json, value));
        }
        catch (Exception)
        {
            // Any code of a user's may have thrown here, and only what it made of the value is lost: the mark says so in its place.
            return ToUtf8(json => WriteMarked(json, "$repr", value?.GetType().ToString()));
        }
    }

    /// <summary>The value as an item for a pool: what is no single item there (null, a list, a tuple) is wrapped as <c>{"value":…}</c>.</summary>
    public static byte[] ToItem(object? value)
    {
        var json = ToUtf8(value);
        return json[0] is (byte)'[' or (byte)'n' ? [.. "{\"value\":"u8, .. json, (byte)'}'] : json;
    }

    /// <summary>Writes one value, whole: what is being written stays valid whatever the value does.</summary>
    public static void Write(Utf8JsonWriter json, object? value) => json.WriteRawValue(ToUtf8(value), skipInputValidation: true);

    private static byte[] ToUtf8(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            write(json);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case NoEvent:
                WriteMarked(json, "$", "NoEvent");
                break;
            case Epoch epoch:
                WriteMarked(json, "$epoch", epoch.ToString());
                break;
            case JsonNode or JsonElement or JsonDocument:
                JsonSerializer.Serialize(json, value, Objects);
                break;
            case ITuple tuple and not IEnumerable when IsTuple(tuple):
                WriteTuple(json, tuple);
                break;
            case IDictionary dictionary:
                WriteDictionary(json, dictionary);
                break;
            case ICollection or IReadOnlyCollection<object>:
                WriteList(json, (IEnumerable)value);
                break;
            default:
                WriteObject(json, value);
                break;
        }
    }

    // Records with several members do not implement ITuple; ValueTuple and Tuple do, and nothing else of the framework.
    private static bool IsTuple(ITuple tuple) => tuple.GetType().FullName?.StartsWith("System.", StringComparison.Ordinal) == true;

    private static void WriteTuple(Utf8JsonWriter json, ITuple tuple)
    {
        json.WriteStartObject();
        json.WriteStartArray("$tuple");
        for (var i = 0; i < tuple.Length; i++)
        {
            WriteValue(json, tuple[i]);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteDictionary(Utf8JsonWriter json, IDictionary dictionary)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            json.WritePropertyName(Convert.ToString(entry.Key, System.Globalization.CultureInfo.InvariantCulture) ?? "");
            WriteValue(json, entry.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, IEnumerable list)
    {
        json.WriteStartArray();
        foreach (var element in list)
        {
            WriteValue(json, element);
        }

        json.WriteEndArray();
    }

    private static void WriteObject(Utf8JsonWriter json, object value)
    {
        // A lazy sequence may be endless, and reading it would change it.
        if (value is IEnumerator or IEnumerable and not string || !TrySerialize(value, out var node))
        {
            WriteMarked(json, "$repr", value.ToString() ?? value.GetType().Name);
            return;
        }

        JsonSerializer.Serialize(json, node, Objects);
    }

    private static bool TrySerialize(object value, out JsonNode? node)
    {
        try
        {
            node = JsonSerializer.SerializeToNode(value, value.GetType(), Objects);
            return true;
        }
        catch (Exception fault) when (fault is NotSupportedException or JsonException or InvalidOperationException)
        {
            node = null;
            return false;
        }
    }

    private static void WriteMarked(Utf8JsonWriter json, string mark, string? text)
    {
        json.WriteStartObject();
        json.WriteString(mark, text);
        json.WriteEndObject();
    }
}
