using Sluice.Journal.Contract;
using Sluice.Journal.Errors;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests.Sqlite;

/// <summary>Torn tails, flipped bits, cut and foreign files.</summary>
public sealed class SqliteDamageSpecs : IDisposable
{
    private const int Items = 400;
    private const int ItemsPerPage = 20;

    private readonly TempFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "orders.journal.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_sound_journal_is_opened_without_a_recovery()
    {
        await FillAsync();

        await using var journal = await OpenAsync();

        journal.Opening.Recovery.ShouldBeNull();
        journal.Status.Items.ShouldBe(Items);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4096 * 3)]
    public async Task A_damaged_file_is_set_aside_whole_and_what_is_readable_is_recovered(int offset)
    {
        await FillAsync();
        Overwrite(File, offset, 64);
        var damaged = await System.IO.File.ReadAllBytesAsync(File);

        await using var journal = await OpenAsync();

        var recovery = journal.Opening.Recovery.ShouldNotBeNull();
        (await System.IO.File.ReadAllBytesAsync(recovery.SetAside)).ShouldBe(damaged);
        recovery.ItemsRecovered.ShouldBeGreaterThan(Items / 2);
        await journal.ShouldBeSound();
        (await journal.Append("goes on")).FirstSequence.ShouldBeGreaterThan(Items);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Pool_2_4_a_flipped_bit_anywhere_loses_at_most_the_items_of_its_page(int seed)
    {
        await FillAsync();
        var random = new Random(seed);
        var offset = random.NextInt64(new FileInfo(File).Length);
        Flip(File, offset, random.Next(8));

        await using var journal = await OpenAsync();

        (await DeliverableAsync(journal, "a")).Count.ShouldBeGreaterThan(Items - ItemsPerPage, $"offset {offset}");
        (await DeliverableAsync(journal, "b")).Count.ShouldBeGreaterThan(Items - ItemsPerPage, $"offset {offset}");
        await journal.ShouldBeSound();
        EveryItemIsAccountedFor(journal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_truncated_file_gives_back_what_is_left(int quarter)
    {
        await FillAsync();
        var length = new FileInfo(File).Length;
        using (var stream = System.IO.File.OpenWrite(File))
        {
            stream.SetLength((length * quarter / 5) + 17);
        }

        await using var journal = await OpenAsync();

        journal.Opening.Recovery.ShouldNotBeNull();
        await journal.ShouldBeSound();
        EveryItemIsAccountedFor(journal);
        (await DeliverableAsync(journal, "a")).Count.ShouldBeGreaterThan(quarter * Items / 4 - (Items / 2));
    }

    [Fact]
    public async Task A_torn_log_tail_is_cut_without_a_word()
    {
        var copy = await CrashCopyAsync();
        using (var wal = System.IO.File.OpenWrite(copy + "-wal"))
        {
            wal.SetLength(wal.Length - 1000);
        }

        await using var journal = await OpenAsync(copy);

        journal.Opening.Recovery.ShouldBeNull();
        await journal.ShouldBeSound();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_flipped_bit_in_the_log_does_not_take_the_commits_behind_it_along(int seed)
    {
        var copy = await CrashCopyAsync();
        var random = new Random(seed);
        var wal = copy + "-wal";
        var offset = random.NextInt64(new FileInfo(wal).Length * 9 / 10);
        Flip(wal, offset, random.Next(8));

        await using var journal = await OpenAsync(copy);

        journal.Opening.Recovery.ShouldNotBeNull($"offset {offset}").Damage.ShouldContain("its log");
        await journal.ShouldBeSound();
        (await DeliverableAsync(journal, "a")).Count.ShouldBeGreaterThan(Items - ItemsPerPage, $"offset {offset}");
        EveryItemIsAccountedFor(journal);
    }

    [Fact]
    public async Task What_was_delivered_before_the_damage_is_not_sent_again()
    {
        await FillAsync(async journal => await journal.Deliver("a", Enumerable.Range(1, 300).Select(position => (long)position)));
        Overwrite(File, 0, 16);

        await using var journal = await OpenAsync();

        journal.Opening.Recovery.ShouldNotBeNull();
        (await journal.Read("a")).Select(item => item.Key.Sequence).ShouldBe(Enumerable.Range(301, Items - 300).Select(number => (long)number));
        journal.Status.Sinks["a"].Delivered.ShouldBe(300);
        journal.Status.Sinks["a"].Dropped.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dead_letters_and_large_payloads_are_recovered_too()
    {
        var large = new byte[100_000];
        new Random(1).NextBytes(large);
        await FillAsync(async journal =>
        {
            await journal.Bury("a", 7);
            await journal.AppendAsync(JournalActions.Item("") with { Payload = large }, OwedTo.All, CancellationToken.None);
        });
        Overwrite(File, 0, 16);

        await using var journal = await OpenAsync();

        journal.Opening.Recovery.ShouldNotBeNull().DeadLettersRecovered.ShouldBe(1);
        (await journal.DeadLetters()).Single().Key.Sequence.ShouldBe(7);
        (await journal.Read("a", after: Items)).Single().Payload.ToArray().ShouldBe(large);
    }

    [Fact]
    public async Task A_file_whose_making_was_interrupted_is_made_again()
    {
        // What a process leaves that ends while the new file's header is being written: the old header in a rollback journal, which says that the
        // file had no page (sqlite.org/fileformat2.html, section 3).
        await System.IO.File.WriteAllBytesAsync(File, new byte[4096]);
        var header = new byte[512];
        ((ReadOnlySpan<byte>)[0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]).CopyTo(header);
        header[22] = 2;
        header[26] = 0x10;
        await System.IO.File.WriteAllBytesAsync(File + "-journal", header);

        await using var journal = await OpenAsync();

        journal.Opening.Recovery.ShouldBeNull();
        await journal.AddSinks("a");
        await journal.Append("goes on");
        await journal.ShouldBeSound();
    }

    [Fact]
    public async Task A_recovery_that_was_interrupted_before_its_end_begins_again()
    {
        await FillAsync();
        Overwrite(File, 0, 16);
        await System.IO.File.WriteAllTextAsync(File + ".recovering", "half done");

        await using var journal = await OpenAsync();

        journal.Status.Items.ShouldBe(Items);
        Directory.EnumerateFiles(_folder.Path, "*.recovering*").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_recovery_that_was_interrupted_at_its_last_step_is_completed()
    {
        await FillAsync();
        System.IO.File.Move(File, File + ".recovering");

        await using var journal = await OpenAsync();

        journal.Status.Items.ShouldBe(Items);
    }

    [Theory]
    [InlineData("this is no database, but somebody's notes, long enough to be mistaken for one; keep it as it is, please, and say so.")]
    [InlineData("x")]
    public async Task A_file_that_is_no_journal_is_left_untouched(string content)
    {
        await System.IO.File.WriteAllTextAsync(File, content);

        var error = await Should.ThrowAsync<JournalVersionException>(async () => await OpenAsync());

        error.Message.ShouldContain(File);
        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe(content);
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    private async Task FillAsync(Func<IJournal, Task>? then = null)
    {
        await using var journal = await OpenAsync();
        await FillAsync(journal);
        if (then is not null)
        {
            await then(journal);
        }
    }

    private static async Task FillAsync(IJournal journal)
    {
        await journal.AddSinks("a", "b");
        for (var from = 0; from < Items; from += 50)
        {
            var items = Enumerable.Range(from, 50).Select(number => JournalActions.Item(new string('x', 200) + number)).ToList();
            await journal.AppendAsync(items, OwedTo.All, CancellationToken.None);
        }
    }

    /// <summary>The files as a crash would leave them: the log not yet moved into the file.</summary>
    private async Task<string> CrashCopyAsync()
    {
        await using var journal = await OpenAsync();
        await FillAsync(journal);
        var copy = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "crashed")).FullName, "orders.journal.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(File + "-wal", copy + "-wal");
        return copy;
    }

    private static async Task<HashSet<long>> DeliverableAsync(IJournal journal, string sink)
    {
        var found = new HashSet<long>();
        long after = 0;
        while (await journal.ReadOwedAsync(sink, after, 100, long.MaxValue, CancellationToken.None) is { Count: > 0 } items)
        {
            found.UnionWith(items.Select(item => item.Key.Sequence));
            after = items[^1].Position;
        }

        return found;
    }

    private static void EveryItemIsAccountedFor(IJournal journal)
    {
        foreach (var page in journal.Status.Sinks.Values)
        {
            (page.Pending + page.Dead + page.Dropped.GetValueOrDefault("damaged")).ShouldBeGreaterThanOrEqualTo(Items, page.ToString());
        }
    }

    private static void Flip(string file, long offset, int bit)
    {
        using var stream = System.IO.File.Open(file, FileMode.Open);
        stream.Position = offset;
        var value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ (1 << bit)));
    }

    private static void Overwrite(string file, long offset, int count)
    {
        using var stream = System.IO.File.Open(file, FileMode.Open);
        stream.Position = offset;
        stream.Write(Enumerable.Repeat((byte)0xa5, count).ToArray());
    }

    private ValueTask<IJournal> OpenAsync(string? file = null) =>
        Journals.OpenAsync("orders", Settings(file is null ? _folder.Path : Path.GetDirectoryName(file)!), TimeProvider.System, CancellationToken.None);

    private static JournalSettings Settings(string folder) => TestSettings.In(folder);
}
