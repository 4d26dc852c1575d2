using Sluice.Journal.Contract;
using Sluice.Journal.Errors;
using Sluice.Journal.Sqlite;
using Sluice.Journal.Tests.Sqlite;
using Xunit.Abstractions;

namespace Sluice.Journal.Tests.Migration;

/// <summary>Files of the first version are brought up to date when they are opened for writing.</summary>
/// <param name="log">Gets the moments of the kills.</param>
public sealed class SqliteMigrationSpecs(ITestOutputHelper log) : IDisposable
{
    private const int Kills = 30;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pool_6_a_file_of_version_1_is_migrated_with_everything_in_it()
    {
        VersionOne.CopyTo(_folder.Path);

        await VersionOne.ShouldMigrateOnce(() => OpenAsync());
    }

    [Fact]
    public async Task Looking_at_a_file_of_version_1_reads_it_and_changes_nothing()
    {
        var file = VersionOne.CopyTo(_folder.Path);
        var before = await File.ReadAllBytesAsync(file);

        await using (var view = await Journals.OpenViewAsync(VersionOne.Pool, TestSettings.In(_folder.Path), CancellationToken.None))
        {
            (await view.GetStatusAsync(CancellationToken.None)).Sinks["b"].Pending.ShouldBe(39);
            (await view.ReadUnsentAsync(0, 1000, long.MaxValue, CancellationToken.None)).Count.ShouldBe(40);
            (await view.VerifyAsync(CancellationToken.None)).Faults.ShouldBeEmpty();
        }

        (await File.ReadAllBytesAsync(file)).ShouldBe(before);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused_in_one_sentence_and_left_untouched()
    {
        var file = VersionOne.CopyTo(_folder.Path);
        await (await OpenAsync()).DisposeAsync();
        using (var database = SqliteDatabase.Open(file, readOnly: false, TimeSpan.Zero))
        {
            database.Execute("update pool set schema_version = 99; pragma user_version = 99");
        }

        var before = await File.ReadAllBytesAsync(file);

        var writing = await Should.ThrowAsync<JournalVersionException>(async () => await OpenAsync());
        var looking = await Should.ThrowAsync<JournalVersionException>(
            async () => await Journals.OpenViewAsync(VersionOne.Pool, TestSettings.In(_folder.Path), CancellationToken.None));

        writing.Message.ShouldBe(
            $"The journal {file} has schema version 99, and this program knows versions up to 2: it was left untouched. "
            + "Use the newer program that wrote it, or give this one another folder.");
        looking.Message.ShouldBe(writing.Message);
        (await File.ReadAllBytesAsync(file)).ShouldBe(before);
    }

    [Fact]
    public async Task A_damaged_file_of_version_1_is_recovered_into_one_of_the_present_version()
    {
        var file = VersionOne.CopyTo(_folder.Path);
        var content = await File.ReadAllBytesAsync(file);
        content.AsSpan(0, 16).Fill(0xa5);
        await File.WriteAllBytesAsync(file, content);

        await using var journal = await OpenAsync();

        journal.Opening.Recovery.ShouldNotBeNull().ItemsRecovered.ShouldBe(40);
        await journal.ShouldBeSound();
        (await journal.ReadMessagesAsync(0, 1, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_migration_that_ended_before_its_commit_is_done_again()
    {
        var file = VersionOne.CopyTo(Path.Combine(_folder.Path, "alive"));
        using var dying = SqliteDatabase.Open(file, readOnly: false, TimeSpan.Zero);
        dying.Execute("pragma cache_size = 1; begin immediate");
        dying.Execute(SqliteSchema.Steps[1]);
        dying.Execute("pragma user_version = 2; update pool set schema_version = 2");
        dying.Execute("create table filler (content blob); insert into filler values (randomblob(500000))");

        // What a process that is killed here leaves behind: pages of the transaction are in the log, and no commit.
        var left = Directory.CreateDirectory(_folder.Path).FullName;
        new FileInfo(file + "-wal").Length.ShouldBeGreaterThan(500_000);
        File.Copy(file, Path.Combine(left, Path.GetFileName(file)));
        File.Copy(file + "-wal", Path.Combine(left, Path.GetFileName(file) + "-wal"));

        await using var journal = await OpenAsync();

        journal.Opening.Recovery.ShouldBeNull();
        journal.Opening.MigratedFrom.ShouldBe(1);
        await VersionOne.ShouldBeWhole(journal);
        dying.Execute("rollback");
    }

    [Fact]
    public async Task Pool_6_kill_nine_during_the_migration_loses_nothing()
    {
        var random = new Random(52);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var folder = Path.Combine(_folder.Path, $"kill-{kill}");
            var file = VersionOne.CopyTo(folder);
            var (victim, pause) = (new Sqlite.Victim(folder, "append"), TimeSpan.FromMilliseconds(random.Next(0, 120)));

            await victim.RunAndKillAsync(1, pause);

            await using var journal = await Journals.OpenAsync(VersionOne.Pool, TestSettings.In(folder), TimeProvider.System, CancellationToken.None);
            log.WriteLine($"kill {kill}, {pause.TotalMilliseconds} ms after opening began: version {journal.Opening.MigratedFrom ?? 2}, {victim.Appended.Count} appended");
            journal.Opening.Recovery.ShouldBeNull();
            await journal.ShouldBeSound();
            (await journal.Owed("b"))[..39].ShouldBe(
                ["{\"id\":1}", .. Enumerable.Range(4, 37).Select(number => $"item {number}"), "only b"]);
            victim.Appended.Except((await journal.Read("b")).Select(item => item.Key.Sequence)).ShouldBeEmpty("acknowledged, and lost");
            Directory.EnumerateFiles(folder, "*.damaged*").ShouldBeEmpty(file);
        }
    }

    private ValueTask<IJournal> OpenAsync() =>
        Journals.OpenAsync(VersionOne.Pool, TestSettings.In(_folder.Path), TimeProvider.System, CancellationToken.None);
}
