using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Sluice.Instruments;

namespace Sluice.Host.Observing;

/// <summary>Sends spans and metrics to an OpenTelemetry collector, over HTTP with protocol buffers.</summary>
internal sealed class OtlpExport : IDisposable
{
    private const int SpansPerRequest = 512;
    private const int SpanInterval = 1000;

    private readonly TelemetrySettings _settings;
    private readonly SpanCount _spans = new();
    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    public OtlpExport(TelemetrySettings settings)
    {
        _settings = settings;
        var resource = ResourceBuilder.CreateDefault().AddService(settings.ServiceName, serviceVersion: Telemetry.Version);
        var timeout = (int)settings.FlushTimeout.TotalMilliseconds;
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource([.. settings.Sources])
            .AddProcessor(_spans)
            .AddProcessor(new BatchActivityExportProcessor(
                new CountedTraceExporter(Options("v1/traces"), _spans), settings.MaxSpans, SpanInterval, timeout, Math.Min(SpansPerRequest, settings.MaxSpans)))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter([.. settings.Meters])
            .AddReader(new PeriodicExportingMetricReader(
                new OtlpMetricExporter(Options("v1/metrics")), (int)settings.MetricsInterval.TotalMilliseconds, timeout))
            .Build();
    }

    /// <summary>
    /// Sends what is left, spans and metrics at the same time; waits for the collector no longer than it was told to. What comes afterwards is not sent.
    /// </summary>
    /// <returns>What a person should know; null when all has arrived.</returns>
    public async Task<string?> CompleteAsync()
    {
        var timeout = (int)_settings.FlushTimeout.TotalMilliseconds;

        // A flush of the spans would not wait for those that are on their way already, and one of the metrics would be done again when they are disposed.
        var taken = await Task.WhenAll(Task.Run(() => _traces.Shutdown(timeout)), Task.Run(() => _metrics.Shutdown(timeout)));
        var isAllTaken = Array.TrueForAll(taken, isTaken => isTaken);
        return _spans.Lost > 0
            ? string.Create(CultureInfo.InvariantCulture, $"The collector at {_settings.Otlp} has not taken {_spans.Lost:N0} of {_spans.Ended:N0} spans: is it there, and is sluice.telemetry.max-spans = {_settings.MaxSpans} enough?")
            : isAllTaken ? null : $"The collector at {_settings.Otlp} has not taken the last metrics.";
    }

    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }

    private OtlpExporterOptions Options(string path) => new()
    {
        Protocol = OtlpExportProtocol.HttpProtobuf,
        Endpoint = new Uri(new Uri(_settings.Otlp.TrimEnd('/') + "/"), path),
        TimeoutMilliseconds = (int)_settings.FlushTimeout.TotalMilliseconds,
    };
}
