using Sluice.Journal.Contract;
using Sluice.Journal.Errors;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests.Sqlite;

/// <summary>One writer, any number of lookers.</summary>
public sealed class SqliteLockSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pool_2_4_a_second_writer_is_told_the_file_the_holder_and_what_to_do()
    {
        await using var first = await OpenAsync();

        var error = await Should.ThrowAsync<JournalLockedException>(async () => await OpenAsync());

        error.Where.ShouldBe(Path.Combine(_folder.Path, "orders.journal.db"));
        error.Message.ShouldBe(
            $"The journal {error.Where} is in use by process {Environment.ProcessId} on {Environment.MachineName}: two writers would lose data. "
            + "Stop that program, or give this one another folder or pool name. To look at it meanwhile, open it for reading.");
    }

    [Fact]
    public async Task A_lock_file_left_behind_blocks_nobody()
    {
        await (await OpenAsync()).DisposeAsync();
        File.Exists(Path.Combine(_folder.Path, "orders.journal.db.lock")).ShouldBeTrue();

        await using var second = await OpenAsync();

        second.Opening.Created.ShouldBeFalse();
    }

    [Fact]
    public async Task A_view_sees_each_commit_beside_the_running_writer()
    {
        await using var journal = await OpenAsync();
        await journal.AddSinks("a", "b");
        await journal.Append("1", "2", "3");
        await using var view = await Journals.OpenViewAsync("orders", Settings(), CancellationToken.None);

        await journal.Deliver("a", 2);
        await journal.Bury("b", 1);

        view.Owner.ShouldBe($"process {Environment.ProcessId} on {Environment.MachineName}");
        var page = (await view.GetStatusAsync(CancellationToken.None)).Sinks["a"];
        (page.Accepted, page.Delivered, page.Pending, page.PendingBytes, page.Cursor).ShouldBe((3, 1, 2, 2, 0));
        (await view.ReadOwedAsync("a", 0, 10, 100, CancellationToken.None)).Select(item => item.Text()).ShouldBe(["1", "3"]);
        (await view.ReadUnsentAsync(0, 10, 100, CancellationToken.None)).Select(entry => string.Join('+', entry.Sinks)).ShouldBe(["a", "b", "a+b"]);
        (await view.ReadDeadLettersAsync(DeadLetters.DeadLetterFilter.Everything, 0, 10, CancellationToken.None)).Single().Text().ShouldBe("1");
        (await view.VerifyAsync(CancellationToken.None)).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task A_view_of_a_closed_journal_names_no_owner()
    {
        await using (var journal = await OpenAsync())
        {
            await journal.AddSinks("a");
        }

        await using var view = await Journals.OpenViewAsync("orders", Settings(), CancellationToken.None);

        view.Owner.ShouldBeNull();
        (await view.GetStatusAsync(CancellationToken.None)).Sinks.Keys.ShouldBe(["a"]);
    }

    [Fact]
    public async Task Looking_at_a_journal_that_does_not_exist_makes_none()
    {
        var error = await Should.ThrowAsync<JournalMissingException>(async () =>
            await Journals.OpenViewAsync("orders", Settings(), CancellationToken.None));

        error.Message.ShouldContain(error.Where);
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_engine_in_use_is_named()
    {
        await using var journal = await OpenAsync();

        journal.Opening.Engine.ShouldMatch(@"^SQLite 3\.\d+\.\d+ \((the system's libsqlite3\.\S+|packaged)\)$");
    }

    private ValueTask<IJournal> OpenAsync() => Journals.OpenAsync("orders", Settings(), TimeProvider.System, CancellationToken.None);

    private JournalSettings Settings() => TestSettings.In(_folder.Path);
}
