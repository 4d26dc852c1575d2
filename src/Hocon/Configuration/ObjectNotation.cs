using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Hocon.Configuration;

/// <summary>How objects are written as JSON so that HOCON reads them as settings.</summary>
internal static class ObjectNotation
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.KebabCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower), new DurationConverter() },
        MaxDepth = Limits.Nesting,
    };

    private sealed class DurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Objects are only written.");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{(decimal)value.Ticks * 100} ns"));
    }
}
