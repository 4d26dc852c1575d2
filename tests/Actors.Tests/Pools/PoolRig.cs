using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Files;
using Sluice.Exporters.Sinks.Http;
using Sluice.Hocon;
using Sluice.Journal;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools;

/// <summary>Everything a pool stands on, for real: an actor system, a folder with a SQLite journal, file and HTTP sinks.</summary>
internal sealed class PoolRig : IAsyncDisposable
{
    private readonly List<ExporterPool> _pools = [];
    private readonly SinkServices _services = new();

    public ActorSystem System { get; } = ActorSystem.Create("pools", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));

    public string Folder { get; } = Directory.CreateTempSubdirectory("sluice-pools-").FullName;

    public PoolExporterSettings Quick { get; } = Settings.Exporter().Quick();

    /// <summary>A pool's journal in this rig's folder; the same file for the same name.</summary>
    public async Task<IJournal> JournalAsync(string pool = "test", Func<JournalSettings, JournalSettings>? change = null)
    {
        var settings = ConfigurationFactory.FromResource<IJournal>().Bind<JournalSettings>("sluice.journal") with { Folder = Folder };
        return await Journals.OpenAsync(pool, change?.Invoke(settings) ?? settings, TimeProvider.System, CancellationToken.None);
    }

    public async Task<ExporterPool> StartAsync(ExporterPoolSettings settings, PoolParts? parts, params PoolExporter[] exporters) =>
        Start(settings, await JournalAsync(settings.Name), parts, exporters);

    public Task<ExporterPool> StartAsync(params PoolExporter[] exporters) => StartAsync(Settings.Pool(), null, exporters);

    public ExporterPool Start(ExporterPoolSettings settings, IJournal journal, PoolParts? parts, params PoolExporter[] exporters)
    {
        // However slow the machine is: nobody is silent here.
        var patient = (parts ?? new PoolParts()) with { StatusPatience = Deadline.Length };
        var pool = ExporterPool.Start(System, settings, journal, exporters, patient);
        _pools.Add(pool);
        return pool;
    }

    public PoolExporter File(string name = "file", PoolExporterSettings? settings = null) =>
        new(Sink<FileSinkSettings>("file", $$"""{ name = "{{name}}", path = "{{PathOf(name)}}", envelope = keyed }"""), settings ?? Quick);

    public PoolExporter Http(string url, string name = "http", PoolExporterSettings? settings = null, string more = "") =>
        new(
            Sink<HttpSinkSettings>(
                "http", $$"""{ name = "{{name}}", url = "{{url}}", body = ndjson, envelope = keyed, timeout = 60s, probe-timeout = 60s {{more}} }"""),
            settings ?? Quick);

    /// <summary>The lines that a file sink has written.</summary>
    public string[] Lines(string name = "file") =>
        global::System.IO.File.Exists(PathOf(name)) ? global::System.IO.File.ReadAllLines(PathOf(name)) : [];

    public string PathOf(string name) => Path.Combine(Folder, name + ".jsonl");

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            // Not for as long as the settings say: a later drain can only be shorter than this one.
            pool.Actor.Tell(new Drain(TimeSpan.Zero));
            await pool.DisposeAsync().AsTask().Within();
        }

        await System.Terminate().Within();
        _services.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private ISink Sink<T>(string type, string section)
        where T : SinkSettings =>
        ConfigurationFactory.ParseString(section)
            .WithFallback(ConfigurationFactory.FromResource<SinkSettings>().GetConfig($"sluice.sinks.{type}"))
            .Bind<T>().Open(_services);
}
