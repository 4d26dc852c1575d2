using Sluice.Journal.Contract;
using Sluice.Journal.Engine;
using Sluice.Journal.Errors;
using Sluice.Journal.Memory;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Tests;

/// <summary>A store whose commits are synced apart from being written.</summary>
public sealed class SyncSpecs
{
    private readonly UnsyncedStore _store = new(new MemoryStore("pool"));

    [Fact]
    public async Task Pool_2_4_what_could_not_be_synced_is_refused_and_so_is_everything_after_it()
    {
        await using var journal = await OpenAsync();
        await journal.Append("1");

        _store.Fails = true;
        var refused = await Should.ThrowAsync<JournalUnavailableException>(() => AppendAsync(journal));
        _store.Fails = false;
        var still = await Should.ThrowAsync<JournalUnavailableException>(() => AppendAsync(journal));

        refused.Message.ShouldContain("could not be synced");
        still.Message.ShouldBe(refused.Message);
    }

    [Fact]
    public async Task Calls_are_answered_in_their_order_whether_or_not_they_have_to_be_synced()
    {
        await using var journal = await OpenAsync();
        var last = 0L;

        for (var round = 0; round < 200; round++)
        {
            var appended = AppendAsync(journal);
            var settled = journal.SettleAsync("a", [Settlement.Delivered(last)], CancellationToken.None);
            last = (await appended).FirstPosition;
            journal.Status.LastPosition.ShouldBeGreaterThanOrEqualTo(last);
            await settled;
        }

        (await journal.Read("a")).Single().Position.ShouldBe(last);
    }

    private async Task<IJournal> OpenAsync()
    {
        var opening = new JournalOpening("here", "memory", true, null, null);
        var journal = await JournalEngine.StartAsync("pool", _store, TestSettings.In(""), opening, TimeProvider.System);
        await journal.AddSinks("a");
        return journal;
    }

    private static Task<AppendReceipt> AppendAsync(IJournal journal) =>
        journal.AppendAsync(JournalActions.Item("x"), OwedTo.All, CancellationToken.None).AsTask();
}
