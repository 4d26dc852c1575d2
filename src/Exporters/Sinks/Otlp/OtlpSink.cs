using System.Text;
using System.Text.Json;
using Sluice.Exporters.Sinks.Http;
using Sluice.Exporters.Tracing;

namespace Sluice.Exporters.Sinks.Otlp;

/// <summary>Sends spans or log records to an OpenTelemetry collector, one request per batch.</summary>
internal sealed class OtlpSink(OtlpSinkSettings settings, SinkServices services) : ISink
{
    private const string ProtobufType = "application/x-protobuf";
    private const int AnswerLimit = 64 * 1024;

    private readonly HttpEndpoint _endpoint = new(settings, services);

    public string Name => settings.Name;

    public async ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken)
    {
        var outcomes = new SinkOutcome?[items.Count];
        var request = new OtlpRequest(settings);
        var now = services.Time.GetUtcNow();
        for (var i = 0; i < items.Count; i++)
        {
            outcomes[i] = Add(request, items[i], now);
        }

        var common = SinkOutcome.Delivered.Silently as SinkOutcome;
        if (request.Items > 0)
        {
            var content = _endpoint.Requests.Content(request.Complete(), ProtobufType);
            var answer = await _endpoint.SendAsync(_endpoint.Requests.Make(HttpMethod.Post, content), AnswerLimit, cancellationToken).ConfigureAwait(false);
            common = OutcomeOf(answer, request.Items);
        }

        return [.. outcomes.Select(outcome => outcome ?? common)];
    }

    public ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken) => _endpoint.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private SinkOutcome.Undeliverable? Add(OtlpRequest request, SinkItem item, DateTimeOffset now)
    {
        try
        {
            using var json = item.IsJson
                ? JsonDocument.Parse(item.Payload)
                : JsonSerializer.SerializeToDocument(Encoding.UTF8.GetString(item.Payload.Span));
            if (settings.Signal is OtlpSignal.Logs)
            {
                request.AddLog(item, json.RootElement, now);
                return null;
            }

            return request.TryAddSpan(json.RootElement)
                ? null
                : new SinkOutcome.Undeliverable($"The item is no span; its content type should be {SpanJson.ContentType} and is {item.ContentType}.", "not-a-span");
        }
        catch (JsonException fault)
        {
            return new SinkOutcome.Undeliverable($"The payload is not JSON: {fault.Message}", "invalid-json");
        }
    }

    private static SinkOutcome OutcomeOf(HttpAnswer answer, int items) => answer switch
    {
        HttpAnswer.Accepted(var body) when PartialSuccess.Read(body.Span) is { Rejected: > 0 } partial => Rejected(partial, items),
        HttpAnswer.Accepted => SinkOutcome.Delivered.Silently,
        _ => answer.Failure(items),
    };

    // The collector does not say which ones it rejected. Those sent twice on the way to finding out carry the same ids.
    private static SinkOutcome Rejected(PartialSuccess partial, int items)
    {
        var reason = $"The collector rejected {partial.Rejected} of {items}: {partial.Message}";
        return partial.Rejected >= items
            ? new SinkOutcome.Undeliverable(reason, "otlp-rejected", partial.Message)
            : new SinkOutcome.RefusedTogether(reason, "otlp-rejected", partial.Message);
    }
}
