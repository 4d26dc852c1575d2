using OpenTelemetry;
using Sluice.Measuring;

namespace Sluice.Pool.Bench;

/// <summary>OpenTelemetry's batch processor before an exporter that takes everything. It drops, without a word, what does not fit its queue of 2,048.</summary>
internal sealed class TelemetryBatches : IDisposable
{
    private readonly CountingExporter _exporter = new();
    private readonly Processor _processor;
    private long _sent;

    public TelemetryBatches() => _processor = new Processor(_exporter);

    public async Task RunAsync(int senders, int count)
    {
        _sent += count / senders * senders;
        await Senders.RunAsync(senders, count, () =>
        {
            _processor.OnEnd(Senders.Payload);
            return Task.CompletedTask;
        });
        _processor.ForceFlush();
    }

    /// <summary>How many of a thousand items arrived.</summary>
    public Row Arrived(string name) => new(name, "arrived/1000", 1000, "OTel batch", 1000.0 * _exporter.Exported / _sent, _sent / (double)_exporter.Exported, 0);

    public void Dispose() => _processor.Dispose();

    private sealed class Processor(BaseExporter<byte[]> exporter) : BatchExportProcessor<byte[]>(exporter)
    {
        public override void OnEnd(byte[] data) => OnExport(data);
    }

    private sealed class CountingExporter : BaseExporter<byte[]>
    {
        public long Exported { get; private set; }

        public override ExportResult Export(in Batch<byte[]> batch)
        {
            Exported += batch.Count;
            foreach (var _ in batch)
            {
                // Reading is what takes items out of the processor's queue.
            }

            return ExportResult.Success;
        }
    }
}
