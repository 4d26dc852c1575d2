using Sluice.Journal;
using Sluice.Measuring;

namespace Sluice.Pool.Bench;

/// <summary>How fast a backlog is read from the journal, sent to a sink that takes everything, and settled. Writing it is not measured.</summary>
internal static class ReplayCase
{
    private const int Page = 1000;

    public static async Task<Row> RunAsync(Bed bed, int count, int repetitions)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var repetition = 0; repetition < repetitions; repetition++)
        {
            ours.Add(await PoolAsync(bed, count));
            theirs.Add(Rows(bed, count));
        }

        return new Row("replay", "items/s", Harness.Median(ours), "SQLite rows", Harness.Median(theirs), Harness.Median(ours) / Harness.Median(theirs), 0);
    }

    private static async Task<double> PoolAsync(Bed bed, int count)
    {
        var journal = await bed.JournalAsync();
        await journal.AddSinkAsync("null-1", CancellationToken.None);
        var items = Enumerable.Repeat(new NewItem { Payload = Senders.Payload, ContentType = "application/json" }, Page).ToArray();
        for (var written = 0; written < count; written += Page)
        {
            await journal.AppendAsync(items, OwedTo.All, CancellationToken.None);
        }

        var started = TimeProvider.System.GetTimestamp();
        var pool = bed.Start(journal, null, bed.Null(settings: Bed.Delivery with { Batch = Bed.Delivery.Batch with { Size = Page } }));
        while (journal.Status.Sinks["null-1"].Pending > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        var rate = count / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await pool.DrainAsync(TimeSpan.FromSeconds(10));
        return rate;
    }

    /// <summary>The floor: rows read and deleted by hand, as many to a synced commit.</summary>
    private static double Rows(Bed bed, int count)
    {
        using var rows = new RawSqlite(bed.NewFile());
        rows.InsertGroups([.. Enumerable.Repeat(Senders.Payload, Page)], count);
        var started = TimeProvider.System.GetTimestamp();
        while (rows.TakeGroup(Page) > 0)
        {
            // Read and deleted.
        }

        return count / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
