using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Hocon;
using Sluice.Host.CommandLine;
using Sluice.Journal.Settings;

namespace Sluice.Host.Running;

/// <summary>What a HOCON file says about a pool: section <c>sluice.pool</c>, over the defaults of the projects.</summary>
/// <param name="Path">The file.</param>
/// <param name="Pool">How the pool works.</param>
/// <param name="Journal">Where its unsent data is kept.</param>
/// <param name="Exporters">Its sinks in the order written, each with how it is sent to.</param>
internal sealed record PoolFile(string Path, ExporterPoolSettings Pool, JournalSettings Journal, IReadOnlyList<(SinkSettings Sink, PoolExporterSettings Delivery)> Exporters)
{
    private const string Section = "sluice.pool";

    private Config _exporters = ConfigurationFactory.Empty;

    /// <summary>Reads and checks the whole file; nothing is opened.</summary>
    /// <exception cref="ConfigException">The file cannot be read, is not HOCON, or a setting is missing, unknown or wrong.</exception>
    public static PoolFile Read(string path)
    {
        var file = ConfigurationFactory.ParseFile(path);
        var section = file.GetConfig(Section);
        if (section.IsEmpty)
        {
            throw new ConfigException(file.Root.Origin, $"there is no section '{Section}': write one with a name and exporters.", Section);
        }

        return From(path, section);
    }

    /// <summary>Checks one section with the keys of <c>sluice.pool</c>; nothing is opened.</summary>
    /// <param name="path">What it is called.</param>
    /// <param name="section">The section's own keys.</param>
    /// <exception cref="ConfigException">A setting is missing, unknown or wrong.</exception>
    public static PoolFile From(string path, Config section)
    {
        var actors = ConfigurationFactory.FromResource<ExporterPool>();
        var journal = ConfigurationFactory.FromResource<JournalSettings>();
        RefuseMisspelt(section, [.. actors.GetConfig(Section).Root.Fields.Keys, "journal", "exporters"]);

        return new PoolFile(
            path,
            section.Without("journal", "exporters").WithFallback(actors.GetConfig(Section)).Bind<ExporterPoolSettings>(),
            section.GetConfig("journal").WithFallback(journal.GetConfig("sluice.journal")).Bind<JournalSettings>(),
            ReadExporters(section, actors.GetConfig(Section + "-exporter")))
        {
            _exporters = section.GetConfig("exporters"),
        };
    }

    /// <summary>Says where in the file the key stands that a sink refuses.</summary>
    public ConfigException Refusal(SinkSettingsException refusal)
    {
        var exporter = _exporters.GetConfig(Quoted(refusal.Sink)).Root;
        var origin = exporter.TryGet(refusal.Key, out var value) ? value.Origin : exporter.Origin;
        return new ConfigException(origin, refusal.Message, refusal.Key, refusal);
    }

    // Binding would name the keys of the pool itself only.
    private static void RefuseMisspelt(Config section, IReadOnlyList<string> known)
    {
        foreach (var (key, value) in section.Root.Fields.Where(field => !known.Contains(field.Key)))
        {
            throw new ConfigException(
                value.Origin,
                $"'{Section}.{key}' is not a known key: {(Nearest.To(key, known) is { } nearest ? $"did you mean '{nearest}'?" : $"known are {string.Join(", ", known)}.")}",
                $"{Section}.{key}");
        }
    }

    private static List<(SinkSettings Sink, PoolExporterSettings Delivery)> ReadExporters(Config section, Config delivery)
    {
        var exporters = section.GetConfig("exporters");
        var sinks = ConfigurationFactory.FromResource<SinkSettings>();
        return exporters.IsEmpty
            ? throw new ConfigException(section.Root.Origin, $"'{Section}.exporters' is missing or empty: name at least one exporter, such as archive {{ type = file, path = out.jsonl }}.", "exporters")
            : [.. exporters.Root.Fields.Keys.Select(name => ReadExporter(name, exporters.GetConfig(Quoted(name)), sinks, delivery))];
    }

    private static (SinkSettings Sink, PoolExporterSettings Delivery) ReadExporter(string name, Config exporter, Config sinks, Config delivery)
    {
        var type = exporter.GetString("type", "");
        var defaults = sinks.GetConfig($"sluice.sinks.{Quoted(type ?? "")}").WithFallback(ConfigurationFactory.FromObject(new { name }));
        return (
            exporter.Without("delivery").WithFallback(defaults).Bind<SinkSettings>(),
            exporter.GetConfig("delivery").WithFallback(delivery).Bind<PoolExporterSettings>());
    }

    private static string Quoted(string key) => $"\"{key}\"";
}
