using Sluice.Actors.Pools;
using Sluice.Journal;
using Sluice.Measuring;
using Sluice.Messages.Pools;

namespace Sluice.Pool.Bench;

/// <summary>Durable sends of 200 bytes to a sink that takes everything: each is committed and synced before its sender goes on.</summary>
internal sealed class SendCase : IBenchCase
{
    private readonly int _senders;
    private readonly IJournal _journal;
    private readonly ExporterPool _pool;
    private readonly RawSqlite _rows;
    private readonly RawSqlite _grouped;
    private readonly SyncedFile _synced;
    private readonly GroupWriter _sqlite;
    private readonly GroupWriter _file;
    private readonly SerilogFile _serilog;
    private readonly TelemetryBatches _telemetry = new();

    private SendCase(Bed bed, int senders, IJournal journal)
    {
        (_senders, _journal) = (senders, journal);
        _pool = bed.Start(journal, null, bed.Null());
        _rows = new RawSqlite(bed.NewFile());
        _grouped = new RawSqlite(bed.NewFile());
        _sqlite = new GroupWriter(_grouped.InsertGroup);
        _synced = new SyncedFile(bed.NewFile());
        _file = new GroupWriter(_synced.AppendGroup);
        _serilog = new SerilogFile(bed.NewFile());
        var item = new PoolItem { Payload = Senders.Payload };
        var group = Enumerable.Repeat(Senders.Payload, senders).ToArray();
        Contenders =
        [
            ("Sluice", count => Senders.RunAsync(senders, count, () => _pool.SendAsync(item))),
            ($"SQLite {senders}/commit", count => Task.Run(() => _rows.InsertGroups(group, count))),
            ("SQLite + queue", count => Senders.RunAsync(senders, count, () => _sqlite.SendAsync(Senders.Payload))),
            ("append + fsync", count => Senders.RunAsync(senders, count, () => _file.SendAsync(Senders.Payload))),
            ("Serilog, no sync", count => Senders.RunAsync(senders, count, _serilog.SendAsync)),
            ("OTel batch, lossy", count => _telemetry.RunAsync(senders, count)),
        ];
    }

    public string Name => $"send-{_senders}";

    public string Unit => "sends/s";

    public int Operations => _senders switch { 1 => 1_000, 8 => 4_000, _ => 12_800 };

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders { get; }

    public static async Task<IBenchCase> CreateAsync(Bed bed, int senders) => new SendCase(bed, senders, await bed.JournalAsync());

    /// <summary>How many senders share a commit; the sinks' confirmations are in the same commits.</summary>
    public IEnumerable<Row> Extras()
    {
        var per = 1000.0 * _journal.Counters.Commits / _journal.Counters.Appended;
        return [new Row(Name, "commits/1000", per, "one each", 1000, 1000 / per, 0), _telemetry.Arrived(Name)];
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DrainAsync(TimeSpan.FromSeconds(10));
        await _sqlite.DisposeAsync();
        await _file.DisposeAsync();
        _rows.Dispose();
        _grouped.Dispose();
        _synced.Dispose();
        _serilog.Dispose();
        _telemetry.Dispose();
    }
}
