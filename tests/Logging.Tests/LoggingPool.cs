using System.Net;
using System.Net.Sockets;
using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Files;
using Sluice.Exporters.Sinks.Http;
using Sluice.Hocon;
using Sluice.Journal;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;

namespace Sluice.Logging.Tests;

/// <summary>A pool for log entries as a program has it: a SQLite journal in a folder, and a file as its sink.</summary>
internal sealed class LoggingPool : IAsyncDisposable
{
    private readonly SinkServices _services = new();
    private readonly ActorSystem _system = ActorSystem.Create("logging", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-logging-").FullName;
    private readonly Socket _deaf = new(SocketType.Stream, ProtocolType.Tcp);
    private ExporterPool? _pool;

    public LoggingPool() => _deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public string Lines => Path.Combine(_folder, "log.jsonl");

    /// <summary>Starts it, with a sink that nobody answers for if it is to be away.</summary>
    public async Task<ExporterPool> StartAsync(bool isSinkAway = false)
    {
        var settings = ConfigurationFactory.FromResource<ExporterPool>().Bind<ExporterPoolSettings>("sluice.pool") with { Name = "log", WaitForResult = false };
        var exporter = ConfigurationFactory.FromResource<ExporterPool>().Bind<PoolExporterSettings>("sluice.pool-exporter");
        var sink = isSinkAway
            ? Sink<HttpSinkSettings>("http", $"url = \"http://{_deaf.LocalEndPoint}/\"")
            : Sink<FileSinkSettings>("file", $"path = \"{Lines}\"");
        return _pool = ExporterPool.Start(_system, settings, await OpenAsync(), [new PoolExporter(sink, exporter)]);
    }

    public async Task StopAsync()
    {
        if (_pool is { } pool)
        {
            _pool = null;
            await pool.DisposeAsync();
        }
    }

    /// <summary>What the journal holds, once the pool has stopped.</summary>
    public async Task<JournalStatus> StoredAsync()
    {
        await using var journal = await OpenAsync();
        return journal.Status;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _system.Terminate();
        _services.Dispose();
        _deaf.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private ISink Sink<T>(string type, string more)
        where T : SinkSettings =>
        ConfigurationFactory.ParseString("name = log, " + more)
            .WithFallback(ConfigurationFactory.FromResource<SinkSettings>().GetConfig($"sluice.sinks.{type}"))
            .Bind<T>().Open(_services);

    private async Task<IJournal> OpenAsync()
    {
        var settings = ConfigurationFactory.FromResource<IJournal>().Bind<JournalSettings>("sluice.journal") with { Folder = _folder };
        return await Journals.OpenAsync("log", settings, TimeProvider.System, CancellationToken.None);
    }
}
