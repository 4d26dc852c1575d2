using System.ComponentModel.DataAnnotations;

namespace Sluice.Host.Observing;

/// <summary>Traces and metrics for an OpenTelemetry collector (<c>sluice.telemetry</c>).</summary>
internal sealed record TelemetrySettings
{
    /// <summary>The collector's base address; empty for none.</summary>
    public required string Otlp { get; init; }

    /// <summary>The resource's <c>service.name</c>.</summary>
    [MinLength(1, ErrorMessage = "it is empty; give the name that the collector is to show.")]
    public required string ServiceName { get; init; }

    /// <summary>How often metrics are sent.</summary>
    [Range(typeof(TimeSpan), "1ms", "1d")]
    public required TimeSpan MetricsInterval { get; init; }

    /// <summary>How many spans wait at most.</summary>
    [Range(1, 10_000_000)]
    public required int MaxSpans { get; init; }

    /// <summary>How long the end waits for the collector.</summary>
    [Range(typeof(TimeSpan), "1ms", "1d")]
    public required TimeSpan FlushTimeout { get; init; }

    /// <summary>Activity sources by name.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Meters by name.</summary>
    public required IReadOnlyList<string> Meters { get; init; }
}
