using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace Sluice.Host.Observing;

/// <summary>Sends spans and counts those that were taken.</summary>
internal sealed class CountedTraceExporter(OtlpExporterOptions options, SpanCount spans) : OtlpTraceExporter(options)
{
    public override ExportResult Export(in Batch<Activity> activityBatch)
    {
        var count = activityBatch.Count;
        var result = base.Export(activityBatch);
        if (result == ExportResult.Success)
        {
            spans.Took(count);
        }

        return result;
    }
}
