using System.Buffers;
using System.Text;
using System.Text.Json;
using Sluice.Host.CommandLine;
using Sluice.Host.Output;

namespace Sluice.Host.Commands.Journals;

/// <summary>One JSON object as a line of text.</summary>
internal static class JsonLine
{
    public static string Of(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A line with some of its members alone, in the order asked for.</summary>
    /// <exception cref="UsageException">It has no such member.</exception>
    public static string Only(string line, IReadOnlyList<string> members)
    {
        using var whole = JsonDocument.Parse(line);
        var missing = members.FirstOrDefault(member => !whole.RootElement.TryGetProperty(member, out _));
        return missing is null
            ? Of(json =>
            {
                foreach (var member in members)
                {
                    json.WritePropertyName(member);
                    whole.RootElement.GetProperty(member).WriteTo(json);
                }
            })
            : throw new UsageException(
                $"--members names '{missing}', and {(string?)whole.RootElement.GetProperty("key").GetString()} has {string.Join(", ", whole.RootElement.EnumerateObject().Select(member => member.Name))}.");
    }

    /// <summary>The payload as it is when it is one JSON value, else in base64.</summary>
    public static void WritePayload(Utf8JsonWriter json, string contentType, ReadOnlyMemory<byte> payload)
    {
        if (contentType.Contains("json", StringComparison.OrdinalIgnoreCase) && IsOneValue(payload.Span))
        {
            json.WritePropertyName("item");
            json.WriteRawValue(payload.Span);
        }
        else
        {
            json.WriteBase64String("base64", payload.Span);
        }
    }

    public static void WriteArguments(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? arguments)
    {
        json.WriteStartObject("arguments");
        foreach (var (name, value) in arguments ?? new Dictionary<string, string>())
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }

    // A dead letter may be one because its bytes are broken.
    private static bool IsOneValue(ReadOnlySpan<byte> payload)
    {
        try
        {
            var reader = new Utf8JsonReader(payload);
            while (reader.Read())
            {
            }

            return reader.BytesConsumed > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The beginning of a payload on one line.</summary>
    public static string Excerpt(ReadOnlyMemory<byte> payload, int width)
    {
        var text = Encoding.UTF8.GetString(payload.Span[..Math.Min(payload.Length, 4 * width)]).ReplaceLineEndings(" ");
        return text.Length <= width ? text : string.Concat(text.AsSpan(0, width - 1), "…");
    }
}
