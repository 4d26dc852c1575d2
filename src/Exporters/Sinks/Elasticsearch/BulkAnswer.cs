using System.Text.Json;
using Sluice.Exporters.Sinks.Http;

namespace Sluice.Exporters.Sinks.Elasticsearch;

/// <summary>
/// Reads the answer to a bulk request:
/// <c>{"errors":true,"items":[{"index":{"_id":"…","status":201}},{"index":{"status":400,"error":{"type":"…","reason":"…"}}}]}</c>,
/// one entry per action, in the order of the request.
/// </summary>
internal static class BulkAnswer
{
    public static IReadOnlyList<SinkOutcome> Outcomes(ReadOnlyMemory<byte> answer, int count, HttpJudge judge)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            if (json.RootElement.ValueKind is not JsonValueKind.Object
                || !json.RootElement.TryGetProperty("items", out var items)
                || items.ValueKind is not JsonValueKind.Array
                || items.GetArrayLength() != count)
            {
                return Incomprehensible($"it has no list of {count} items", count);
            }

            return [.. items.EnumerateArray().Select(item => Outcome(item, judge))];
        }
        catch (JsonException fault)
        {
            return Incomprehensible(fault.Message, count);
        }
    }

    private static SinkOutcome Outcome(JsonElement item, HttpJudge judge)
    {
        var action = item.ValueKind is JsonValueKind.Object ? item.EnumerateObject().FirstOrDefault().Value : default;
        if (action.ValueKind is not JsonValueKind.Object || !action.TryGetProperty("status", out var told) || !told.TryGetInt32(out var status))
        {
            return new SinkOutcome.RetryLater("The bulk answer does not say what became of the item.");
        }

        if (status is >= 200 and < 300)
        {
            return SinkOutcome.Delivered.Silently;
        }

        var error = action.TryGetProperty("error", out var fault) ? fault : default;
        var type = Member(error, "type") ?? $"http-{status}";
        var reason = $"The document was refused with {status} {type}: {Member(error, "reason") ?? "no reason given"}";
        return judge.IsPermanent(status)
            ? new SinkOutcome.Undeliverable(reason, type, error.ValueKind is JsonValueKind.Undefined ? null : judge.Excerpt(error.GetRawText()))
            : new SinkOutcome.RetryLater(reason);
    }

    private static string? Member(JsonElement error, string name) =>
        error.ValueKind is JsonValueKind.Object && error.TryGetProperty(name, out var text) && text.ValueKind is JsonValueKind.String ? text.GetString() : null;

    private static IReadOnlyList<SinkOutcome> Incomprehensible(string why, int count) =>
        SinkOutcomes.All(new SinkOutcome.RetryLater($"The bulk request was accepted, but its answer cannot be understood: {why}."), count);
}
