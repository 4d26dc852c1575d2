// A program with a pool, made to be killed: Killable FOLDER URL FIRST COUNT DRAIN SWITCH
// sends the numbers from FIRST on, three at a time, and prints the last of each three once it is acknowledged. With COUNT 0 it goes on until it is killed,
// or has sent more than anybody waits for: then it stands still until it is killed, so that a test that is held up does not leave behind what takes hours to send.
// With DRAIN "true" it then waits until everything owed is delivered. With SWITCH "true" unsent data moves to memory and back every few sends:
// "memory" is printed before it may be lost with the process, "disk" once it is safe again.
using System.Globalization;
using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Http;
using Sluice.Hocon;
using Sluice.Journal;
using Sluice.Journal.Settings;
using Sluice.Kernel.Actor;

const int SendsInMemory = 3;
const int SendsOnDisk = 5;
const int MostSends = 200;
var (folder, url, first, count) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture), int.Parse(args[3], CultureInfo.InvariantCulture));
var (drains, switches) = (args[4] == "true", args[5] == "true");
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
await using var pool = ExporterPool.Start(
    system, settings, await OpenAsync(memory: false, CancellationToken.None), [new PoolExporter(sink, exporter)], new PoolParts { OpenJournal = OpenAsync });
for (var (value, sends) = (first, 1); count == 0 || value < first + count; value += 3, sends++)
{
    await pool.SendManyAsync(Enumerable.Range(value, 3).Cast<object?>());
    Console.WriteLine(value + 2);
    if (switches)
    {
        await SwitchAsync(sends % (SendsOnDisk + SendsInMemory));
    }

    if (count == 0 && sends == MostSends)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
    }
}

if (drains)
{
    var drained = await pool.DrainAsync(TimeSpan.FromMinutes(3));
    Console.WriteLine($"left {drained.Unsent}");
}

async ValueTask<IJournal> OpenAsync(bool memory, CancellationToken cancellationToken)
{
    var kind = memory ? JournalKind.Memory : JournalKind.Sqlite;
    return await Journals.OpenAsync("test", journalSettings with { Kind = kind }, TimeProvider.System, cancellationToken);
}

async Task SwitchAsync(int sends)
{
    if (sends == SendsOnDisk)
    {
        Console.WriteLine("memory");
        await pool.SetUseMemoryAsync(true);
    }
    else if (sends == 0)
    {
        await pool.SetUseMemoryAsync(false);
        Console.WriteLine("disk");
    }
}
