using Sluice.Journal.Contract;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Tests.Sqlite;

/// <summary>Disks that are full, read-only or not there.</summary>
public sealed class SqliteDiskSpecs
{
    [RootFact]
    public async Task Pool_2_4_a_full_disk_refuses_sends_and_works_again_when_there_is_space()
    {
        using var disk = new SmallDisk(4);
        await using var journal = await OpenAsync(disk.Path);
        await journal.AddSinks("a");
        var (accepted, error) = await FillAsync(journal);

        error.Message.ShouldStartWith($"No space left for the journal {Path.Combine(disk.Path, "orders.journal.db")} (");
        error.Message.ShouldContain("Free some space there, or move the journal's folder to a larger disk");
        journal.Status.Sinks["a"].Accepted.ShouldBe(accepted);
        disk.Resize(32);
        (await journal.Append("after")).FirstSequence.ShouldBe(accepted + 1);
        await journal.ShouldBeSound();
        (await journal.Read("a")).Count.ShouldBe((int)accepted + 1);
    }

    [RootFact]
    public async Task A_full_disk_can_be_worked_off_while_senders_keep_trying()
    {
        using var disk = new SmallDisk(64);
        await using var journal = await OpenAsync(disk.Path, reserve: 24 << 20);
        await journal.AddSinks("a");
        await FillAsync(journal);
        using var enough = new CancellationTokenSource();
        var trying = TryForEverAsync(journal, enough.Token);

        while (await journal.Read("a", max: 10) is { Count: > 0 } owed && journal.Status.Sinks["a"].Delivered < 400)
        {
            (await journal.Deliver("a", owed.Select(item => item.Position))).ShouldBe(owed.Count);
        }

        await enough.CancelAsync();
        await trying;
        await journal.ShouldBeSound();
    }

    [RootFact]
    public async Task A_read_only_disk_is_named_with_the_remedy()
    {
        using var disk = new SmallDisk(4);
        disk.MakeReadOnly();

        var error = await Should.ThrowAsync<JournalNotWritableException>(async () => await OpenAsync(disk.Path));

        error.Message.ShouldContain(Path.Combine(disk.Path, "orders.journal.db"));
        error.Message.ShouldContain("Make the folder and the file writable for this user, or configure another folder.");
        disk.MakeWritable();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_with_the_remedy()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "a-file");
        await File.WriteAllTextAsync(file, "");

        var error = await Should.ThrowAsync<JournalNotWritableException>(async () => await OpenAsync(Path.Combine(file, "journal")));

        error.Message.ShouldContain(Path.Combine(file, "journal", "orders.journal.db"));
    }

    [Fact]
    public async Task The_file_shrinks_again_after_an_outage()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "orders.journal.db");
        await using (var journal = await OpenAsync(folder.Path))
        {
            await journal.AddSinks("a");
            for (var round = 0; round < 20; round++)
            {
                await journal.AppendAsync([.. Enumerable.Repeat(JournalActions.Item(new string('x', 1_000)), 1_000)], OwedTo.All, CancellationToken.None);
            }

            await journal.DeliverAll("a");
            await journal.DeliverAll("a");
            await journal.Append("marker");
        }

        new FileInfo(path).Length.ShouldBeLessThan(10 << 20);
    }

    private static async Task<(long Accepted, JournalDiskFullException Error)> FillAsync(IJournal journal)
    {
        long accepted = 0;
        while (true)
        {
            try
            {
                await journal.Append(new string('x', 50_000));
                accepted++;
            }
            catch (JournalDiskFullException error)
            {
                return (accepted, error);
            }
        }
    }

    private static async Task TryForEverAsync(IJournal journal, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            try
            {
                await journal.Append(new string('x', 50_000));
            }
            catch (JournalDiskFullException)
            {
                await Task.Yield();
            }
        }
    }

    private static ValueTask<IJournal> OpenAsync(string folder, long reserve = 1 << 20) =>
        Journals.OpenAsync("orders", TestSettings.In(folder) with { ReserveBytes = reserve }, TimeProvider.System, CancellationToken.None);
}
