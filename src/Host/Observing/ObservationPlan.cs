using Sluice.Hocon;

namespace Sluice.Host.Observing;

/// <summary>What a program tells about itself, and to whom.</summary>
/// <param name="Telemetry">Traces and metrics for a collector.</param>
/// <param name="Health">The port with health and metrics.</param>
/// <param name="Recorder">The flight recorder.</param>
/// <param name="Exporters">Exporters that observe the run of a tube.</param>
internal sealed record ObservationPlan(TelemetrySettings Telemetry, HealthSettings Health, RecorderSettings Recorder, IReadOnlyList<ExporterPlan> Exporters)
{
    /// <summary>Reads the sections of a file, over the defaults; without a file, the defaults.</summary>
    /// <exception cref="ConfigException">The file cannot be read, or a setting is unknown or wrong.</exception>
    public static ObservationPlan Read(string? path)
    {
        var defaults = ConfigurationFactory.FromResource<ObservationPlan>();
        var settings = path is null ? defaults : ConfigurationFactory.ParseFile(path).WithFallback(defaults);
        return new ObservationPlan(
            settings.Bind<TelemetrySettings>("sluice.telemetry"),
            settings.Bind<HealthSettings>("sluice.health"),
            settings.Bind<RecorderSettings>("sluice.flight-recorder"),
            ExporterPlan.Read(path));
    }
}
