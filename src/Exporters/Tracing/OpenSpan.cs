using System.Diagnostics;
using Sluice.Exporters.Events;

namespace Sluice.Exporters.Tracing;

/// <summary>A span whose end has not been seen.</summary>
internal sealed class OpenSpan(ExporterEvent start, ActivityTraceId trace, ActivitySpanId? parent)
{
    private List<SpanEvent>? _events;

    public ActivitySpanId SpanId { get; } = ActivitySpanId.CreateRandom();

    public string Name => start.Name;

    public void Add(ExporterEvent moment) => (_events ??= []).Add(new SpanEvent(UnixNano.Of(moment.Time), moment.Name, moment.Attributes));

    public Span End(ExporterEvent end) => Build(end.Time, end.Error ?? start.Error, end.Attributes, unfinished: false);

    public Span Abandon(DateTimeOffset now) => Build(now, start.Error, [], unfinished: true);

    private Span Build(DateTimeOffset end, string? error, IEnumerable<KeyValuePair<string, object?>> endAttributes, bool unfinished)
    {
        var attributes = new Dictionary<string, object?>(start.Attributes) { ["sluice.category"] = start.Category };
        foreach (var (key, value) in endAttributes)
        {
            attributes[key] = value;
        }

        if (unfinished)
        {
            attributes["sluice.unfinished"] = true;
        }

        var begin = UnixNano.Of(start.Time);
        return new Span
        {
            TraceId = trace,
            SpanId = SpanId,
            ParentSpanId = parent,
            Name = start.Name,
            StartTimeUnixNano = begin,
            EndTimeUnixNano = Math.Max(begin, UnixNano.Of(end)),
            Error = error,
            Unfinished = unfinished,
            Attributes = attributes,
            Events = _events ?? [],
        };
    }
}
