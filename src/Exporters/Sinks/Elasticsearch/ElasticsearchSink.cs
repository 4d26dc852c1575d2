using System.Buffers;
using System.Text.Json;
using Sluice.Exporters.Sinks.Http;

namespace Sluice.Exporters.Sinks.Elasticsearch;

/// <summary>Indexes a batch with one bulk request and says of each document what the answer says of it.</summary>
internal sealed class ElasticsearchSink(ElasticsearchSinkSettings settings, SinkServices services) : ISink
{
    private const string NdjsonType = "application/x-ndjson";
    private const int AnswerLimit = 64 * 1024 * 1024;

    private readonly HttpEndpoint _endpoint = new(settings, services);
    private readonly ItemTemplate _index = ItemTemplate.Parse(settings.Index, settings.Name, "index");

    public string Name => settings.Name;

    public async ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken)
    {
        var outcomes = new SinkOutcome[items.Count];
        var sent = new List<int>(items.Count);
        var body = new ArrayBufferWriter<byte>(items.Count * 256);
        for (var i = 0; i < items.Count; i++)
        {
            if (Refusal(items[i], out var index) is { } refusal)
            {
                outcomes[i] = refusal;
                continue;
            }

            sent.Add(i);
            WriteAction(items[i], index, body);
            WriteDocument(items[i], body);
        }

        if (sent.Count > 0)
        {
            var content = _endpoint.Requests.Content(body.WrittenMemory, NdjsonType);
            var request = _endpoint.Requests.Make(HttpMethod.Post, content);
            var answer = await _endpoint.SendAsync(request, AnswerLimit, cancellationToken).ConfigureAwait(false);
            var told = answer is HttpAnswer.Accepted(var json) ? BulkAnswer.Outcomes(json, sent.Count, _endpoint.Judge) : SinkOutcomes.All(answer.Failure(sent.Count), sent.Count);
            for (var i = 0; i < sent.Count; i++)
            {
                outcomes[sent[i]] = told[i];
            }
        }

        return outcomes;
    }

    public ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken) => _endpoint.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SinkOutcome.Undeliverable? Refusal(SinkItem item, out string index)
    {
        index = _index.Fill(item, out var missing) ?? "";
        return missing is not null
            ? new SinkOutcome.Undeliverable($"The item says nothing about '{missing}', which the index {settings.Index} needs.", "missing-argument")
            : JsonLines.Refusal(item);
    }

    private static void WriteAction(SinkItem item, string index, ArrayBufferWriter<byte> body)
    {
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("index");
            json.WriteString("_index", index);
            json.WriteString("_id", item.Key);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        body.Write("\n"u8);
    }

    private void WriteDocument(SinkItem item, ArrayBufferWriter<byte> body)
    {
        if (item.IsJson && item.Payload.Span.TrimStart(" \t\r\n"u8).StartsWith("{"u8))
        {
            JsonLines.Write(item, Envelope.Bare, body);
            return;
        }

        var value = new ArrayBufferWriter<byte>();
        JsonLines.Write(item, Envelope.Bare, value);
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WritePropertyName(settings.ValueField);
            json.WriteRawValue(value.WrittenSpan[..^1], skipInputValidation: true);
            json.WriteEndObject();
        }

        body.Write("\n"u8);
    }
}
