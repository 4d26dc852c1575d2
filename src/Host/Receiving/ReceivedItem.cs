using System.Text.Json;

namespace Sluice.Host.Receiving;

/// <summary>One item of a request and the key that came with it.</summary>
/// <param name="Key">What a receiver tells repeated deliveries by; null when the sender gave none.</param>
/// <param name="Item">The item.</param>
internal readonly record struct ReceivedItem(string? Key, JsonElement Item)
{
    /// <summary>The items of a request body: one JSON value, or one per line (NDJSON), each bare or as <c>{"key":…,"item":…}</c>.</summary>
    /// <param name="body">The body, in UTF-8.</param>
    /// <param name="key">The request's <c>Idempotency-Key</c>; with several lines it names the first, the others get <c>key#1</c>, <c>key#2</c> …</param>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    public static List<ReceivedItem> Parse(ReadOnlyMemory<byte> body, string? key)
    {
        var items = new List<ReceivedItem>();
        var rest = body.Span;
        while (!rest.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            var reader = new Utf8JsonReader(rest, new JsonReaderOptions { AllowMultipleValues = true });
            var value = JsonElement.ParseValue(ref reader);
            rest = rest[(int)reader.BytesConsumed..];
            items.Add(Unwrap(value) ?? new ReceivedItem(KeyOfLine(key, items.Count), value));
        }

        return items.Count > 0 ? items : throw new JsonException("The body is empty.");
    }

    private static string? KeyOfLine(string? key, int line) => key is null || line == 0 ? key : $"{key}#{line}";

    private static ReceivedItem? Unwrap(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && value.GetPropertyCount() == 2
        && value.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.String && value.TryGetProperty("item", out var item)
            ? new ReceivedItem(key.GetString(), item)
            : null;
}
