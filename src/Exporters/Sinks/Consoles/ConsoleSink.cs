using System.Buffers;
using System.Text;

namespace Sluice.Exporters.Sinks.Consoles;

/// <summary>Prints one JSON line per item; a batch is printed whole, so that lines of two sinks never mix.</summary>
internal sealed class ConsoleSink(ConsoleSinkSettings settings, TextWriter writer) : ISink
{
    public string Name => settings.Name;

    public async ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var outcomes = new SinkOutcome[items.Count];
        var text = new ArrayBufferWriter<byte>();
        for (var i = 0; i < items.Count; i++)
        {
            if (JsonLines.Refusal(items[i]) is { } refusal)
            {
                outcomes[i] = refusal;
                continue;
            }

            outcomes[i] = SinkOutcome.Delivered.Silently;
            JsonLines.Write(items[i], settings.Envelope, text);
        }

        try
        {
            await writer.WriteAsync(Encoding.UTF8.GetString(text.WrittenSpan)).ConfigureAwait(false);
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            return outcomes;
        }
        catch (IOException fault)
        {
            return SinkOutcomes.All(new SinkOutcome.RetryLater($"The {settings.Stream} stream cannot be written: {fault.Message}"), items.Count);
        }
    }

    public ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken) => ValueTask.FromResult<SinkProbe>(SinkProbe.Reachable.Instance);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
