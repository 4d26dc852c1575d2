using Sluice.Actors.Pools;
using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Pool.Bench;

/// <summary>Sends of 64 senders that are journalled only when they fail, as those of the peers that keep nothing on a disk they sync.</summary>
internal sealed class OnFailureCase : IBenchCase
{
    private const int Sending = 64;

    private readonly ExporterPool _pool;
    private readonly SerilogFile _serilog;
    private readonly TelemetryBatches _telemetry = new();

    private OnFailureCase(Bed bed, IJournal journal)
    {
        _pool = bed.Start(journal, settings => settings with { Save = SaveMode.OnFailure }, bed.Null());
        _serilog = new SerilogFile(bed.NewFile());
        var item = new PoolItem { Payload = Senders.Payload };
        Contenders =
        [
            ("Sluice", count => Senders.RunAsync(Sending, count, () => _pool.SendAsync(item))),
            ("Serilog, no sync", count => Senders.RunAsync(Sending, count, _serilog.SendAsync)),
            ("OTel batch, lossy", count => _telemetry.RunAsync(Sending, count)),
        ];
    }

    public string Name => "on-failure-64";

    public string Unit => "sends/s";

    public int Operations => 32_000;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; }

    public static async Task<IBenchCase> CreateAsync(Bed bed) => new OnFailureCase(bed, await bed.JournalAsync());

    public async ValueTask DisposeAsync()
    {
        await _pool.DrainAsync(TimeSpan.FromSeconds(10));
        _serilog.Dispose();
        _telemetry.Dispose();
    }
}
