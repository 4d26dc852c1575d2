using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Sluice.Exporters.Tests.Sinks;

/// <summary>
/// Elasticsearch's bulk endpoint as far as it is documented: index actions, documents by id, one answer per item, and refusals of items
/// (a document whose "number" is a string does not fit the mapping).
/// </summary>
internal sealed class BulkEndpoint
{
    public ConcurrentDictionary<string, string> Documents { get; } = new();

    /// <summary>Documents that find the queue full, by id.</summary>
    public HashSet<string> Busy { get; } = [];

    public async Task AnswerAsync(HttpContext context, Receiver.Request request)
    {
        if (context.Request.Path != "/_bulk" || !request.Text.EndsWith('\n') || request.Headers["Content-Type"] != "application/x-ndjson")
        {
            context.Response.StatusCode = 400;
            return;
        }

        var lines = request.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var items = lines.Chunk(2).Select(pair => Index(pair[0], pair[1])).ToArray();
        var answer = new JsonObject
        {
            ["took"] = 1,
            ["errors"] = items.Any(item => item["index"]!["error"] is not null),
            ["items"] = new JsonArray([.. items]),
        };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString());
    }

    private JsonObject Index(string action, string document)
    {
        var target = JsonNode.Parse(action)!["index"]!;
        var (index, id) = ((string)target["_index"]!, (string)target["_id"]!);
        using var parsed = JsonDocument.Parse(document);
        if (Busy.Contains(id))
        {
            return Answer(index, id, 429, ("es_rejected_execution_exception", "rejected execution of primary operation"));
        }

        if (parsed.RootElement.TryGetProperty("number", out var number) && number.ValueKind is JsonValueKind.String)
        {
            return Answer(index, id, 400, ("document_parsing_exception", "failed to parse field [number] of type [long]"));
        }

        var isNew = Documents.TryAdd($"{index}/{id}", document);
        return Answer(index, id, isNew ? 201 : 200, null);
    }

    private static JsonObject Answer(string index, string id, int status, (string Type, string Reason)? error)
    {
        var action = new JsonObject { ["_index"] = index, ["_id"] = id, ["status"] = status };
        if (error is { } fault)
        {
            action["error"] = new JsonObject { ["type"] = fault.Type, ["reason"] = fault.Reason };
        }

        return new JsonObject { ["index"] = action };
    }
}
