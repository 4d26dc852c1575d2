using Sluice.Actors.Exporters;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Otlp;
using Sluice.Hocon;
using Sluice.Host.CommandLine;

namespace Sluice.Host.Observing;

/// <summary>One exporter that observes a run.</summary>
/// <param name="Sink">Where it sends.</param>
/// <param name="Settings">What, and how.</param>
internal sealed record ExporterPlan(SinkSettings Sink, SinkExporterSettings Settings)
{
    private const string Section = "sluice.exporters";

    /// <summary>Whether the sink takes spans and nothing else.</summary>
    public bool TakesSpans => Sink is OtlpSinkSettings { Signal: OtlpSignal.Traces };

    /// <summary>Reads the section <c>sluice.exporters</c> of a file; none without one.</summary>
    /// <exception cref="ConfigException">A setting is missing, unknown or wrong.</exception>
    public static IReadOnlyList<ExporterPlan> Read(string? path)
    {
        var exporters = path is null ? null : ConfigurationFactory.ParseFile(path).GetConfig(Section);
        return exporters is null || exporters.IsEmpty ? [] : [.. exporters.Root.Fields.Keys.Select(name => From(name, exporters.GetConfig($"\"{name}\"")))];
    }

    /// <summary>Reads a target of the command line: <c>file:PATH</c>, <c>http://…</c>, <c>otlp:http://…</c> or <c>console:</c>.</summary>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static ExporterPlan FromTarget(string target, int number) => From($"exporter-{number}", ConfigurationFactory.FromObject(target switch
    {
        _ when target.StartsWith("file:", StringComparison.Ordinal) && target.Length > 5 => new Dictionary<string, object> { ["type"] = "file", ["path"] = target[5..] },
        _ when target.StartsWith("http://", StringComparison.Ordinal) || target.StartsWith("https://", StringComparison.Ordinal) => new Dictionary<string, object> { ["type"] = "http", ["url"] = target, ["body"] = "ndjson" },
        _ when target.StartsWith("otlp:http", StringComparison.Ordinal) => new Dictionary<string, object> { ["type"] = "otlp", ["url"] = target[5..] },
        "console:" => new Dictionary<string, object> { ["type"] = "console", ["stream"] = "error" },
        _ => throw new UsageException($"--exporter is '{target}': give file:PATH, http://ADDRESS, otlp:http://ADDRESS or console:, or write a section {Section} into the file of --config."),
    }));

    private static ExporterPlan From(string name, Config exporter)
    {
        var type = exporter.GetString("type", "");
        var defaults = ConfigurationFactory.FromResource<SinkSettings>().GetConfig($"sluice.sinks.\"{type}\"").WithFallback(ConfigurationFactory.FromObject(new { name }));
        var settings = exporter.GetConfig("observe").WithFallback(ConfigurationFactory.FromResource<SinkExporter>().GetConfig("sluice.exporter")).Bind<SinkExporterSettings>();
        if (settings.Events.FirstOrDefault(category => !TubeEvents.Categories.Contains(category)) is { } unknown)
        {
            throw new ConfigException(exporter.Root.Origin, $"there is no category of events '{unknown}': name some of {string.Join(", ", TubeEvents.Categories)}.", "observe.events");
        }

        return new ExporterPlan(exporter.Without("observe").WithFallback(defaults).Bind<SinkSettings>(), settings);
    }
}
