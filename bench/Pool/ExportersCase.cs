using Sluice.Actors.Pools;
using Sluice.Messages.Pools;

namespace Sluice.Pool.Bench;

/// <summary>What each further exporter costs: durable sends of 64 senders to several sinks, beside the same to one.</summary>
internal sealed class ExportersCase : IBenchCase
{
    private const int Sending = 64;

    private readonly int _exporters;
    private readonly ExporterPool[] _pools;

    private ExportersCase(int exporters, ExporterPool several, ExporterPool one)
    {
        (_exporters, _pools) = (exporters, [several, one]);
        var item = new PoolItem { Payload = Senders.Payload };
        Contenders =
        [
            ("Sluice", count => Senders.RunAsync(Sending, count, () => several.SendAsync(item))),
            ("1 exporter", count => Senders.RunAsync(Sending, count, () => one.SendAsync(item))),
        ];
    }

    public string Name => $"exporters-{_exporters}";

    public string Unit => "sends/s";

    public int Operations => 12_800;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; }

    public static async Task<IBenchCase> CreateAsync(Bed bed, int exporters)
    {
        var several = bed.Start(
            await bed.JournalAsync(), settings => settings with { NumThreads = exporters }, [.. Enumerable.Range(1, exporters).Select(number => bed.Null(number))]);
        return new ExportersCase(exporters, several, bed.Start(await bed.JournalAsync(), null, bed.Null()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools)
        {
            await pool.DrainAsync(TimeSpan.FromSeconds(10));
        }
    }
}
