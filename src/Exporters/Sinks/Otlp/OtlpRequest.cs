using System.Globalization;
using System.Text.Json;
using Sluice.Exporters.Tracing;

namespace Sluice.Exporters.Sinks.Otlp;

/// <summary>
/// Builds one export request (opentelemetry/proto/trace/v1/trace.proto and logs/v1/logs.proto). Both have the same frame:
/// request.1 = { 1 = resource { 1 = attributes }, 2 = { 1 = scope { 1 = name }, 2 = items } }.
/// </summary>
internal sealed class OtlpRequest
{
    private const int StatusError = 2;
    private const int SeverityInfo = 9;

    private readonly ProtoWriter _proto = new();
    private readonly int _frame;
    private readonly int _scope;

    public OtlpRequest(OtlpSinkSettings settings)
    {
        _frame = _proto.Begin(1);
        var resource = _proto.Begin(1);
        _proto.KeyValue(1, "service.name", settings.ServiceName);
        foreach (var (name, value) in settings.ResourceAttributes)
        {
            _proto.KeyValue(1, name, value);
        }

        _proto.End(resource);
        _scope = _proto.Begin(2);
        var library = _proto.Begin(1);
        _proto.Text(1, "sluice");
        _proto.End(library);
    }

    public int Items { get; private set; }

    /// <summary>Ends the request.</summary>
    public ReadOnlyMemory<byte> Complete()
    {
        _proto.End(_scope);
        _proto.End(_frame);
        return _proto.Written;
    }

    /// <summary>Adds a span; false when the JSON is none.</summary>
    public bool TryAddSpan(JsonElement json)
    {
        if (SpanJson.TryRead(json) is not { } span)
        {
            return false;
        }

        Items++;
        var message = _proto.Begin(2);
        _proto.Bytes(1, Convert.FromHexString(span.TraceId));
        _proto.Bytes(2, Convert.FromHexString(span.SpanId));
        if (span.ParentSpanId is { } parent)
        {
            _proto.Bytes(4, Convert.FromHexString(parent));
        }

        _proto.Text(5, span.Name);
        _proto.Whole(6, 1);
        _proto.Fixed(7, span.Start);
        _proto.Fixed(8, span.End);
        _proto.KeyValues(9, span.Attributes);
        foreach (var (time, name, attributes) in span.Events)
        {
            var moment = _proto.Begin(11);
            _proto.Fixed(1, time);
            _proto.Text(2, name);
            _proto.KeyValues(3, attributes);
            _proto.End(moment);
        }

        if (span.Error is { } error)
        {
            var status = _proto.Begin(15);
            _proto.Text(2, error);
            _proto.Whole(3, StatusError);
            _proto.End(status);
        }

        _proto.End(message);
        return true;
    }

    /// <summary>Adds a log record with the item as its body.</summary>
    public void AddLog(SinkItem item, JsonElement body, DateTimeOffset now)
    {
        Items++;
        var record = _proto.Begin(2);
        _proto.Fixed(1, UnixNano.Of(item.Origin?.Time ?? now));
        _proto.Whole(2, SeverityInfo);
        _proto.AnyValue(5, body);
        _proto.KeyValue(6, "sluice.key", item.Key);
        Attribute("sluice.pool", item.Origin?.Pool);
        Attribute("sluice.tube", item.Origin?.Tube);
        Attribute("sluice.run", item.Origin?.Run);
        Attribute("sluice.node", item.Origin?.Node);
        Attribute("sluice.epoch", item.Origin?.Epoch);
        foreach (var (name, value) in item.Arguments)
        {
            _proto.KeyValue(6, name, value);
        }

        if (item.Origin?.TraceId is { Length: 32 } trace && UInt128.TryParse(trace, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _))
        {
            _proto.Bytes(9, Convert.FromHexString(trace));
        }

        _proto.Fixed(11, UnixNano.Of(now));
        _proto.End(record);
    }

    private void Attribute(string name, string? value)
    {
        if (value is not null)
        {
            _proto.KeyValue(6, name, value);
        }
    }
}
