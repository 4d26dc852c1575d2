// A program with a pool, made to be killed: Killable FOLDER URL FIRST COUNT DRAIN
// sends the numbers from FIRST on and prints each once it is acknowledged. With COUNT 0 it goes on until it is killed.
// With DRAIN "true" it then waits until everything owed is delivered.
using System.Globalization;
using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Http;
using Sluice.Hocon;
using Sluice.Journal;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;

var (folder, url, first, count, drains) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture), args[4] == "true");
var reference = ConfigurationFactory.FromResource<ExporterPool>();
var exporter = reference.Bind<PoolExporterSettings>("sluice.pool-exporter");
exporter = exporter with
{
    Batch = exporter.Batch with { Size = 5 },
    Retry = exporter.Retry with { InitialInterval = TimeSpan.FromMilliseconds(5), MaxInterval = TimeSpan.FromMilliseconds(20) },
    Circuit = exporter.Circuit with { OpenFor = TimeSpan.FromMilliseconds(20) },
};
var settings = reference.Bind<ExporterPoolSettings>("sluice.pool") with { Name = "test", WaitForResult = false };
var journalSettings = ConfigurationFactory.FromResource<IJournal>().Bind<JournalSettings>("sluice.journal") with { Folder = folder };
using var services = new SinkServices();
var sink = ConfigurationFactory.ParseString($$"""{ name = http, url = "{{url}}", body = ndjson, envelope = keyed }""")
    .WithFallback(ConfigurationFactory.FromResource<SinkSettings>().GetConfig("sluice.sinks.http"))
    .Bind<HttpSinkSettings>().Open(services);
await using var system = ActorSystem.Create("killable");
var journal = await Journals.OpenAsync("test", journalSettings, TimeProvider.System, CancellationToken.None);
await using var pool = ExporterPool.Start(system, settings, journal, [new PoolExporter(sink, exporter)]);
for (var value = first; count == 0 || value < first + count; value += 3)
{
    var values = Enumerable.Range(value, 3).Cast<object?>().ToArray();
    await pool.SendManyAsync(values);
    Console.WriteLine(value + 2);
}

if (drains)
{
    var drained = await pool.DrainAsync(TimeSpan.FromSeconds(60));
    Console.WriteLine($"left {drained.Unsent}");
}
