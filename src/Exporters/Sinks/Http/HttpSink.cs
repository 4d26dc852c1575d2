using System.Buffers;

namespace Sluice.Exporters.Sinks.Http;

/// <summary>Sends items to a web server, one per request or a batch as JSON lines.</summary>
internal sealed class HttpSink(HttpSinkSettings settings, SinkServices services) : ISink
{
    private const string NdjsonType = "application/x-ndjson";

    private readonly HttpEndpoint _endpoint = new(settings, services);
    private readonly HttpMethod _method = new(settings.Method);

    public string Name => settings.Name;

    public ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken) =>
        settings.Body is HttpBody.Ndjson ? SendTogetherAsync(items, cancellationToken) : SendEachAsync(items, cancellationToken);

    public ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken) => _endpoint.ProbeAsync(cancellationToken);

    // The connections belong to SinkServices.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async ValueTask<IReadOnlyList<SinkOutcome>> SendEachAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken)
    {
        var outcomes = new SinkOutcome[items.Count];
        for (var i = 0; i < items.Count; i++)
        {
            outcomes[i] = await SendOneAsync(items[i], cancellationToken).ConfigureAwait(false);
            if (outcomes[i] is SinkOutcome.RetryLater later)
            {
                // Going on would overtake the item that has to wait, at a server that is in trouble.
                Array.Fill(outcomes, later with { Reason = $"Not tried, because an item before it has to wait. {later.Reason}" }, i + 1, items.Count - i - 1);
                break;
            }
        }

        return outcomes;
    }

    private async ValueTask<SinkOutcome> SendOneAsync(SinkItem item, CancellationToken cancellationToken)
    {
        var body = item.Payload;
        var contentType = item.ContentType;
        if (settings.Envelope is Envelope.Keyed)
        {
            if (JsonLines.Refusal(item) is { } refusal)
            {
                return refusal;
            }

            var line = new ArrayBufferWriter<byte>(body.Length + 64);
            JsonLines.Write(item, Envelope.Keyed, line);
            body = line.WrittenMemory[..^1];
            contentType = SinkItem.Json;
        }

        var request = _endpoint.Requests.Make(_method, _endpoint.Requests.Content(body, contentType), settings.KeyHeader, item.Key);
        return await _endpoint.SendAsync(request, wanted: 0, cancellationToken).ConfigureAwait(false) switch
        {
            HttpAnswer.Accepted(var response) => Delivered(response),
            var answer => answer.Failure(items: 1),
        };
    }

    private async ValueTask<IReadOnlyList<SinkOutcome>> SendTogetherAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken)
    {
        var batch = new LineBatch(items, settings.Envelope);
        var sent = batch.Valid;
        if (sent.Count == 0)
        {
            return batch.Outcomes;
        }

        var key = sent.Count == 1 ? sent[0].Key : $"{sent[0].Key}~{sent[^1].Key}~{sent.Count}";
        var content = _endpoint.Requests.Content(batch.AllLines, NdjsonType);
        var request = _endpoint.Requests.Make(_method, content, settings.KeyHeader, key);
        batch.Settle(await _endpoint.SendAsync(request, wanted: 0, cancellationToken).ConfigureAwait(false) switch
        {
            HttpAnswer.Accepted(var response) => Delivered(response),
            var answer => answer.Failure(sent.Count),
        });
        return batch.Outcomes;
    }

    private SinkOutcome.Delivered Delivered(ReadOnlyMemory<byte> response) =>
        _endpoint.Judge.Excerpt(response) is { } text ? new(text) : SinkOutcome.Delivered.Silently;
}
