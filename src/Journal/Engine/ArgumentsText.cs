using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Sluice.Journal.Engine;

/// <summary>Arguments as one JSON object of strings, as the tables hold them.</summary>
internal static class ArgumentsText
{
    public static string? Write(IReadOnlyDictionary<string, string>? arguments)
    {
        if (arguments is null)
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in arguments)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static IReadOnlyDictionary<string, string>? Read(string? text)
    {
        if (text is null)
        {
            return null;
        }

        using var json = JsonDocument.Parse(text);
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in json.RootElement.EnumerateObject())
        {
            arguments[member.Name] = member.Value.GetString() ?? "";
        }

        return arguments;
    }
}
