using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Hocon;
using Sluice.Journal;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;

namespace Sluice.Pool.Bench;

/// <summary>A folder on the disk, an actor system, and pools in it whose sinks take everything.</summary>
internal sealed class Bed : IAsyncDisposable
{
    private readonly List<ExporterPool> _pools = [];
    private readonly SinkServices _services = new();
    private int _names;

    public ActorSystem System { get; } = ActorSystem.Create("bench", ConfigurationFactory.ParseString("sluice.kernel.loglevel = ERROR"));

    public string Folder { get; } = Directory.CreateTempSubdirectory("sluice-bench-").FullName;

    /// <summary>The path of a file that does not exist.</summary>
    public string NewFile() => Path.Combine(Folder, NewName());

    public ExporterPoolSettings Settings { get; } =
        ConfigurationFactory.FromResource<ExporterPool>().Bind<ExporterPoolSettings>("sluice.pool") with { WaitForResult = false };

    public static PoolExporterSettings Delivery { get; } =
        ConfigurationFactory.FromResource<ExporterPool>().Bind<PoolExporterSettings>("sluice.pool-exporter");

    public async Task<IJournal> JournalAsync() =>
        await Journals.OpenAsync(
            NewName(),
            ConfigurationFactory.FromResource<IJournal>().Bind<JournalSettings>("sluice.journal") with { Folder = Folder },
            TimeProvider.System,
            CancellationToken.None);

    public PoolExporter Null(int number = 1, PoolExporterSettings? settings = null) =>
        new(
            ConfigurationFactory.ParseString($"{{ name = null-{number} }}")
                .WithFallback(ConfigurationFactory.FromResource<SinkSettings>().GetConfig("sluice.sinks.\"null\""))
                .Bind<NullSinkSettings>().Open(_services),
            settings ?? Delivery);

    public ExporterPool Start(IJournal journal, Func<ExporterPoolSettings, ExporterPoolSettings>? change = null, params PoolExporter[] exporters)
    {
        var settings = Settings with { Name = journal.Pool };
        var pool = ExporterPool.Start(System, change?.Invoke(settings) ?? settings, journal, exporters);
        _pools.Add(pool);
        return pool;
    }

    private string NewName() => $"p{++_names}";

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DrainAsync(TimeSpan.FromSeconds(10));
        }

        await System.Terminate();
        System.Dispose();
        _services.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
