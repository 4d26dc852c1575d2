using Sluice.Journal.Errors;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Contract;

/// <summary>The ledger, limits, and sinks that come and go.</summary>
public abstract class LedgerContract : JournalContract
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Journal.AddSinks("a", "b");
    }

    [Fact]
    public async Task Pool_5_1_the_ledger_adds_up_after_every_kind_of_end()
    {
        await Journal.Append("1", "2", "3", "4", "5");

        await Journal.Deliver("a", 1, 2);
        await Journal.Bury("a", 3);
        await Journal.SettleAsync("a", [Settlement.Dropped(4, "expired")], CancellationToken.None);
        await ReopenIfThatKeepsDataAsync();

        var page = Journal.Status.Sinks["a"];
        (page.Accepted, page.Delivered, page.Dead, page.Pending, page.PendingBytes).ShouldBe((5, 2, 1, 1, 1));
        page.Dropped.ShouldBe(new Dictionary<string, long> { ["expired"] = 1 });
        page.Balances.ShouldBeTrue();
    }

    [Fact]
    public async Task An_append_for_an_unknown_sink_names_the_ones_that_are_known()
    {
        var error = await Should.ThrowAsync<UnknownSinkException>(async () => await Journal.AppendFor("c", "x"));

        error.Message.ShouldContain("knows no sink \"c\": add it first. It knows: a, b.");
        Journal.Status.Items.ShouldBe(0);
    }

    [Fact]
    public async Task An_append_for_all_of_no_sinks_is_refused()
    {
        await Journal.RemoveSinkAsync("a", new UnsentData.Keep(), CancellationToken.None);
        await Journal.RemoveSinkAsync("b", new UnsentData.Keep(), CancellationToken.None);

        await Should.ThrowAsync<UnknownSinkException>(async () => await Journal.Append("x"));
    }

    [Fact]
    public async Task A_sink_added_later_is_owed_only_what_comes_later()
    {
        await Journal.Append("before");
        await Journal.AddSinks("c");
        await Journal.Append("after");

        (await Journal.Owed("c")).ShouldBe(["after"]);
        (await Journal.Owed("a")).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task Pool_1_10_a_sink_that_leaves_can_keep_its_data_for_its_return()
    {
        await Journal.Append("1");
        await Journal.RemoveSinkAsync("b", new UnsentData.Keep(), CancellationToken.None);
        await Journal.Append("2");
        await Journal.DeliverAll("a");
        await ReopenIfThatKeepsDataAsync();

        Journal.Status.Sinks["b"].Standing.ShouldBe(SinkStanding.Detached);
        await Journal.AddSinks("b");
        await Journal.Append("3");
        (await Journal.Owed("b")).ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task Pool_1_10_a_sink_that_leaves_can_hand_its_data_to_another_without_doubling_it()
    {
        await Journal.Append("both");
        await Journal.AppendFor("b", "only b", "only b too");
        var keys = (await Journal.Read("b")).Select(item => item.Key).ToList();

        await Journal.RemoveSinkAsync("b", new UnsentData.HandTo("a"), CancellationToken.None);

        (await Journal.Read("a")).Select(item => item.Key).ShouldBe(keys);
        var page = Journal.Status.Sinks["b"];
        (page.Standing, page.Pending, page.Dropped["handed-over"]).ShouldBe((SinkStanding.Gone, 0, 3));
        await Journal.DeliverAll("a");
        Journal.Status.Items.ShouldBe(0);
    }

    [Fact]
    public async Task Pool_1_10_a_sink_that_leaves_can_leave_its_data_to_the_dead_letters()
    {
        await Journal.AppendAsync([.. Enumerable.Range(0, 700).Select(JournalActions.Item)], OwedTo.All, CancellationToken.None);

        await Journal.RemoveSinkAsync("b", new UnsentData.DeadLetter(), CancellationToken.None);

        var letters = await Journal.DeadLetters();
        letters.Count.ShouldBe(700);
        letters.ShouldAllBe(letter => letter.Class == DeadLetterClass.Config && letter.Sink == "b");
        (Journal.Status.Sinks["b"].Dead, Journal.Status.Items).ShouldBe((700, 700));
    }

    [Fact]
    public async Task A_sink_that_left_for_good_can_return_with_nothing_owed()
    {
        await Journal.Append("1");
        await Journal.RemoveSinkAsync("b", new UnsentData.DeadLetter(), CancellationToken.None);
        await Journal.Append("2");
        await Journal.AddSinks("b");
        await Journal.Append("3");

        (await Journal.Owed("b")).ShouldBe(["3"]);
    }

    [Fact]
    public async Task A_full_journal_that_rejects_says_what_is_full()
    {
        await ReopenWith(settings => settings with { MaxItems = 2, WhenFull = WhenFull.Reject });
        await Journal.Append("1", "2");

        var error = await Should.ThrowAsync<JournalFullException>(async () => await Journal.Append("3"));

        error.Message.ShouldContain("(2 items of max-items 2, 2 bytes of max-bytes none)");
        Journal.Counters.Rejected.ShouldBe(1);
        await Journal.DeliverAll("a");
        await Journal.DeliverAll("b");
        (await Journal.Append("4")).FirstSequence.ShouldBe(3);
    }

    [Fact]
    public async Task A_full_journal_that_blocks_lets_senders_in_by_turn_once_there_is_room()
    {
        await ReopenWith(settings => settings with { MaxBytes = 4, WhenFull = WhenFull.Block });
        await Journal.Append("1111");
        var second = Journal.Append("22").AsTask();
        var third = Journal.Append("33").AsTask();
        await Journal.AddSinkAsync("a", CancellationToken.None);
        Journal.Counters.Blocked.ShouldBe(2);

        await Journal.DeliverAll("a");
        second.IsCompleted.ShouldBeFalse();
        await Journal.DeliverAll("b");

        (await second).FirstSequence.ShouldBe(2);
        (await third).FirstSequence.ShouldBe(3);
        Journal.Counters.Blocked.ShouldBe(0);
    }

    [Fact]
    public async Task A_blocked_sender_can_give_up()
    {
        await ReopenWith(settings => settings with { MaxItems = 1, WhenFull = WhenFull.Block });
        await Journal.Append("1");
        using var patience = new CancellationTokenSource();
        var waiting = Journal.AppendAsync(JournalActions.Item("2"), OwedTo.All, patience.Token).AsTask();
        await Journal.AddSinkAsync("a", CancellationToken.None);

        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
        (Journal.Status.Items, Journal.Counters.Blocked).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Closing_lets_blocked_senders_go()
    {
        await ReopenWith(settings => settings with { MaxItems = 1, WhenFull = WhenFull.Block });
        await Journal.Append("1");
        var waiting = Journal.Append("2").AsTask();
        await Journal.AddSinkAsync("a", CancellationToken.None);

        await ReopenWith(settings => settings with { MaxItems = 0 });

        await Should.ThrowAsync<JournalClosedException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task A_full_journal_can_drop_the_oldest_and_counts_them()
    {
        await ReopenWith(settings => settings with { MaxItems = 3, WhenFull = WhenFull.DropOldest });
        await Journal.Append("1", "2", "3");
        await Journal.Deliver("a", 1);

        await Journal.Append("4", "5");

        (await Journal.Owed("a")).ShouldBe(["3", "4", "5"]);
        (await Journal.Owed("b")).ShouldBe(["3", "4", "5"]);
        Journal.Status.Sinks["a"].Dropped["overflow"].ShouldBe(1);
        Journal.Status.Sinks["b"].Dropped["overflow"].ShouldBe(2);
    }

    [Fact]
    public async Task Many_senders_at_once_never_pass_a_limit_by_dropping()
    {
        await ReopenWith(settings => settings with { MaxItems = 10, WhenFull = WhenFull.DropOldest });

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
            await Journal.AppendAsync(JournalActions.Item(number), OwedTo.All, CancellationToken.None)));

        var page = Journal.Status.Sinks["a"];
        (Journal.Status.Items, page.Accepted, page.Pending, page.Dropped["overflow"]).ShouldBe((10, 200, 10, 190));
    }

    [Fact]
    public async Task An_item_that_can_never_fit_is_refused_instead_of_blocking_for_ever()
    {
        await ReopenWith(settings => settings with { MaxBytes = 4, MaxItemBytes = 3, WhenFull = WhenFull.Block });

        (await Should.ThrowAsync<ItemTooLargeException>(async () => await Journal.Append("1234")))
            .Message.ShouldContain("(an item has 4 bytes, max-item-bytes is 3)");
        (await Should.ThrowAsync<ItemTooLargeException>(async () => await Journal.Append("12", "345")))
            .Message.ShouldContain("(it has 5 bytes, max-bytes is 4)");
    }

    private async Task ReopenWith(Func<JournalSettings, JournalSettings> change)
    {
        await ReopenAsync(change(Settings));
        await Journal.AddSinks("a", "b");
    }
}
