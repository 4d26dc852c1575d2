using Sluice.Exporters;
using Sluice.Exporters.Processing;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Tracing;

namespace Sluice.Actors.Exporters;

/// <summary>Makes an item of a span.</summary>
internal sealed class SpanItems(SinkExporterCounts counts) : IProcessor<Span, SinkItem>
{
    public ValueTask<SinkItem?> ProcessAsync(Span item, ContextState context, CancellationToken cancellationToken)
    {
        counts.Make();
        return ValueTask.FromResult<SinkItem?>(new SinkItem
        {
            Key = $"{item.TraceId}-{item.SpanId}",
            Payload = SpanJson.Write(item),
            ContentType = SpanJson.ContentType,
            Origin = new SinkOrigin(Run: context.Name, TraceId: context.TraceId.ToHexString()),
        });
    }
}
