using System.Diagnostics;
using System.Globalization;
using Sluice.Journal;
using Sluice.Journal.Settings;
using Sluice.Hocon;

namespace Sluice.Pool.Bench;

/// <summary>
/// A backlog of ten million items of 1 KiB: how fast it is written, taken up again by a new process's opening, and drained, for each tenth of it, and how much memory that takes.
/// The peak is that of the process since its start.
/// </summary>
internal static class BacklogCase
{
    /// <summary>How many items without <c>--items</c>.</summary>
    public const int Items = 10_000_000;

    private const int Steps = 10;
    private const int Page = 1000;

    public static async Task RunAsync(Bed bed, int items)
    {
        var step = items / Steps / Page * Page;
        var settings = ConfigurationFactory.FromResource<IJournal>().Bind<JournalSettings>("sluice.journal") with { Folder = bed.Folder };
        var page = Enumerable.Repeat(new NewItem { Payload = Senders.Make(1024), ContentType = "application/json" }, Page).ToArray();
        Say("stored", "written/s", "file MiB", "peak MiB", "now MiB", "heap MiB");
        await using (var journal = await OpenAsync(settings))
        {
            await journal.AddSinkAsync("null-1", CancellationToken.None);
            for (var done = step; done <= step * Steps; done += step)
            {
                var seconds = await WriteAsync(journal, page, step);
                Say(Number(done), Number(step / seconds), Number(FileBytes(bed) >> 20), Memory());
            }
        }

        var started = Stopwatch.GetTimestamp();
        var again = await OpenAsync(settings);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opened again in {Stopwatch.GetElapsedTime(started).TotalSeconds:N2} s"));
        Say("left", "drained/s", "first ms", "peak MiB", "now MiB", "heap MiB");
        started = Stopwatch.GetTimestamp();
        var pool = bed.Start(again, null, bed.Null(settings: Bed.Delivery with { Batch = Bed.Delivery.Batch with { Size = Page } }));
        long all = (long)step * Steps, left = all;
        var first = 0.0;
        var since = started;
        while (left > 0)
        {
            var (before, until) = (left, Math.Max(0, left - step));
            while ((left = again.Status.Sinks["null-1"].Pending) > until)
            {
                if (first == 0 && left < all)
                {
                    first = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
            }

            Say(Number(left), Number((before - left) / Stopwatch.GetElapsedTime(since).TotalSeconds), Number((long)first), Memory());
            since = Stopwatch.GetTimestamp();
        }

        await pool.DrainAsync(TimeSpan.FromSeconds(10));
    }

    private static ValueTask<IJournal> OpenAsync(JournalSettings settings) => Journals.OpenAsync("backlog", settings, TimeProvider.System, CancellationToken.None);

    private static async Task<double> WriteAsync(IJournal journal, NewItem[] items, int count)
    {
        var started = Stopwatch.GetTimestamp();
        for (var written = 0; written < count; written += items.Length)
        {
            await journal.AppendAsync(items, OwedTo.All, CancellationToken.None);
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static long FileBytes(Bed bed) => new FileInfo(Path.Combine(bed.Folder, "backlog.journal.db")).Length;

    /// <summary>The process's resident memory, at its highest and now, and what of it the garbage collector has committed.</summary>
    private static string Memory()
    {
        using var self = Process.GetCurrentProcess();
        long[] sizes = [self.PeakWorkingSet64, self.WorkingSet64, GC.GetGCMemoryInfo().TotalCommittedBytes];
        return string.Concat(sizes.Select(size => $"{Number(size >> 20),14}"));
    }

    private static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static void Say(params string[] cells) => Console.WriteLine(string.Concat(cells.Select(cell => $"{cell,14}")));
}
