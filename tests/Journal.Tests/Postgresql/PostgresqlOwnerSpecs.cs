using Sluice.Journal.Contract;
using Sluice.Journal.Errors;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Tests.Postgresql;

/// <summary>One owner at a time, and what happens to the one before.</summary>
[Collection(nameof(PostgresqlServer))]
public sealed class PostgresqlOwnerSpecs(PostgresqlServer server)
{
    private readonly string _pool = Guid.NewGuid().ToString();

    [Fact]
    public async Task A_second_writer_is_told_who_holds_the_journal()
    {
        await using var first = await OpenAsync();

        var error = await Should.ThrowAsync<JournalLockedException>(async () => await OpenAsync());

        error.Holder.ShouldBe($"process {Environment.ProcessId} on {Environment.MachineName}");
        error.Message.ShouldStartWith($"The journal of the pool {_pool} in postgresql://127.0.0.1:");
    }

    [Fact]
    public async Task Pool_4_3_a_successor_has_all_unsent_data_and_the_former_owner_can_write_no_more()
    {
        await using var former = await OpenAsync();
        await former.AddSinks("a");
        await former.Append("1", "2");

        await using var successor = await OpenAsync(takeOver: true);
        (await successor.Owed("a")).ShouldBe(["1", "2"]);
        await successor.Append("3");

        var late = await Should.ThrowAsync<JournalException>(async () => await former.Append("zombie"));
        late = await Should.ThrowAsync<JournalException>(async () => await former.Append("zombie"));
        late.ShouldBeOfType<JournalFencedException>().Message.ShouldContain("was taken over by another member");
        await Should.ThrowAsync<JournalFencedException>(async () => await former.Deliver("a", 1));
        (await successor.Owed("a")).ShouldBe(["1", "2", "3"]);
        await successor.ShouldBeSound();
    }

    [Fact]
    public async Task A_view_looks_beside_the_owner()
    {
        await using var journal = await OpenAsync();
        await journal.AddSinks("a");
        await journal.Append("1");
        await using var view = await Journals.OpenViewAsync(_pool, Settings(), CancellationToken.None);

        view.Owner.ShouldBe($"process {Environment.ProcessId} on {Environment.MachineName}");
        (await view.GetStatusAsync(CancellationToken.None)).Sinks["a"].Pending.ShouldBe(1);
        (await view.ReadOwedAsync("a", 0, 10, 100, CancellationToken.None)).Single().Text().ShouldBe("1");
    }

    [Fact]
    public async Task Looking_for_a_pool_that_never_was_says_so() =>
        await Should.ThrowAsync<JournalMissingException>(async () => await Journals.OpenViewAsync(_pool, Settings(), CancellationToken.None));

    [Fact]
    public async Task Looking_for_a_pool_that_never_was_among_others_says_so()
    {
        await (await OpenAsync()).DisposeAsync();

        await Should.ThrowAsync<JournalMissingException>(
            async () => await Journals.OpenViewAsync("another-" + _pool, Settings(), CancellationToken.None));
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_named()
    {
        var nowhere = Settings() with { ConnectionString = "Host=127.0.0.1;Port=1;Username=sluice;Database=db;Timeout=2" };

        var error = await Should.ThrowAsync<JournalUnavailableException>(async () =>
            await Journals.OpenAsync(_pool, nowhere, TimeProvider.System, CancellationToken.None));

        error.Message.ShouldStartWith($"The journal of the pool {_pool} in postgresql://127.0.0.1:1/db (schema sluice) did not answer");
    }

    private JournalSettings Settings() => server.Settings(TestSettings.In(""));

    private ValueTask<IJournal> OpenAsync(bool takeOver = false) =>
        Journals.OpenAsync(_pool, Settings() with { TakeOver = takeOver }, TimeProvider.System, CancellationToken.None);
}
