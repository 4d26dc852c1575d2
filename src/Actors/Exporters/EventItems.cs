using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Exporters;
using Sluice.Exporters.Events;
using Sluice.Exporters.Processing;
using Sluice.Exporters.Sinks;

namespace Sluice.Actors.Exporters;

/// <summary>
/// Makes an item of an event: <c>{"run":"…","kind":"started","category":"node","id":"…","parent":"…","name":"…","time":"…","error":"…",
/// "attributes":{…},"value":…}</c>; what does not apply is left out, the value only for what was emitted.
/// </summary>
internal sealed class EventItems(SinkExporterCounts counts, Action<Utf8JsonWriter, object?> writeValue) : IProcessor<ExporterEvent, SinkItem>
{
    private static readonly JsonWriterOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ValueTask<SinkItem?> ProcessAsync(ExporterEvent item, ContextState context, CancellationToken cancellationToken)
    {
        counts.Make();
        var kind = item.Kind.ToString().ToLowerInvariant();
        return ValueTask.FromResult<SinkItem?>(new SinkItem
        {
            Key = $"{context.Name}/{item.Id}/{kind}",
            Payload = Write(item, context, kind),
            Origin = new SinkOrigin(
                Tube: Text(item, "sluice.tube.name"),
                Run: context.Name,
                Node: Text(item, "sluice.node.id"),
                Epoch: Text(item, "sluice.tube.epoch"),
                TraceId: context.TraceId.ToHexString(),
                Time: item.Time),
        });
    }

    private byte[] Write(ExporterEvent item, ContextState context, string kind)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes, s_readable))
        {
            json.WriteStartObject();
            json.WriteString("run", context.Name);
            json.WriteString("kind", kind);
            json.WriteString("category", item.Category);
            json.WriteString("id", item.Id);
            if (item.ParentId is not null)
            {
                json.WriteString("parent", item.ParentId);
            }

            json.WriteString("name", item.Name);
            json.WriteString("time", item.Time);
            if (item.Error is not null)
            {
                json.WriteString("error", item.Error);
            }

            json.WriteStartObject("attributes");
            foreach (var (name, value) in item.Attributes)
            {
                json.WritePropertyName(name);
                writeValue(json, value);
            }

            json.WriteEndObject();
            if (item.Kind is EventKind.Happened)
            {
                json.WritePropertyName("value");
                writeValue(json, item.Value);
            }

            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static string? Text(ExporterEvent item, string attribute) => item.Attributes.GetValueOrDefault(attribute) as string;
}
