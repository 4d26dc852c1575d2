namespace Sluice.Journal.Contract;

/// <summary>Appending, reading and settling.</summary>
public abstract class LogContract : JournalContract
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Journal.AddSinks("a", "b");
    }

    [Fact]
    public async Task Items_are_numbered_from_one_without_gaps()
    {
        var first = await Journal.Append("x", "y");
        var second = await Journal.Append("z");

        (first.FirstSequence, first.Count, second.FirstSequence).ShouldBe((1, 2, 3));
        (await Journal.Read("a")).Select(item => item.Key.Sequence).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task An_item_comes_back_as_it_was_given()
    {
        var item = JournalActions.Item("payload") with
        {
            ContentType = "application/json",
            Arguments = new Dictionary<string, string> { ["table"] = "quakes", ["ü"] = "\"quoted\" ✓" },
            Origin = new ItemOrigin("tube", "node", "0/b:2"),
            TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
        };

        var receipt = await Journal.AppendAsync(item, OwedTo.All, CancellationToken.None);
        await ReopenIfThatKeepsDataAsync();
        var read = (await Journal.Read("a")).ShouldHaveSingleItem();

        read.Text().ShouldBe("payload");
        read.ContentType.ShouldBe("application/json");
        read.Arguments.ShouldBe(item.Arguments);
        read.Origin.ShouldBe(item.Origin);
        read.TraceId.ShouldBe(item.TraceId);
        read.AcceptedAt.ShouldBe(Clock.GetUtcNow());
        read.Key.ToString().ShouldBe($"{Journal.Pool}:1");
        read.Position.ShouldBe(receipt.FirstPosition);
    }

    [Fact]
    public async Task An_empty_payload_and_empty_texts_come_back_empty()
    {
        var item = new NewItem
        {
            Payload = Array.Empty<byte>(),
            ContentType = "",
            Arguments = new Dictionary<string, string>(),
            Origin = new ItemOrigin("", null, null),
            TraceId = "",
        };

        await Journal.AppendAsync(item, OwedTo.All, CancellationToken.None);
        var read = (await Journal.Read("a")).ShouldHaveSingleItem();

        read.Payload.Length.ShouldBe(0);
        (read.ContentType, read.TraceId).ShouldBe(("", ""));
        read.Arguments.ShouldNotBeNull().ShouldBeEmpty();
        read.Origin.ShouldBe(new ItemOrigin("", null, null));
    }

    [Fact]
    public async Task Each_sink_reads_its_own_way_through_one_log()
    {
        await Journal.Append("1", "2", "3");

        await Journal.Deliver("a", 1, 2);

        (await Journal.Owed("a")).ShouldBe(["3"]);
        (await Journal.Owed("b")).ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public async Task A_read_goes_on_behind_the_last_position_and_keeps_to_items_and_bytes()
    {
        await Journal.Append("aa", "bb", "cc", "dd");

        (await Journal.ReadOwedAsync("a", 0, 10, 5, CancellationToken.None)).Select(item => item.Text()).ShouldBe(["aa", "bb"]);
        (await Journal.ReadOwedAsync("a", 0, 10, 1, CancellationToken.None)).Select(item => item.Text()).ShouldBe(["aa"]);
        (await Journal.ReadOwedAsync("a", 2, 1, 100, CancellationToken.None)).Select(item => item.Text()).ShouldBe(["cc"]);
        (await Journal.ReadOwedAsync("a", 4, 10, 100, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Settling_out_of_order_leaves_only_the_gaps_owed()
    {
        await Journal.Append("1", "2", "3", "4", "5", "6");

        await Journal.Deliver("a", 5);
        await Journal.Deliver("a", 2, 3);
        await ReopenIfThatKeepsDataAsync();

        (await Journal.Owed("a")).ShouldBe(["1", "4", "6"]);
        (await Journal.Read("a", after: 1, max: 1)).Single().Text().ShouldBe("4");
        await Journal.Deliver("a", 1, 4, 6);
        (await Journal.Owed("a")).ShouldBeEmpty();
        Journal.Status.Sinks["a"].Cursor.ShouldBe(6);
    }

    [Fact]
    public async Task Settling_again_changes_nothing()
    {
        await Journal.Append("1", "2", "3");

        (await Journal.Deliver("a", 2, 1)).ShouldBe(2);
        (await Journal.Deliver("a", 1, 2)).ShouldBe(0);
        (await Journal.Deliver("a", 1, 2, 3, 3, 77)).ShouldBe(1);

        Journal.Status.Sinks["a"].Delivered.ShouldBe(3);
    }

    [Fact]
    public async Task A_position_that_the_sink_is_not_owed_is_passed_over_even_amid_others()
    {
        await Journal.Append("1");
        await Journal.AppendFor("b", "2");
        await Journal.Append("3", "4");

        (await Journal.Deliver("a", 1, 2, 4)).ShouldBe(2);

        (await Journal.Owed("a")).ShouldBe(["3"]);
        (await Journal.Owed("b")).ShouldBe(["1", "2", "3", "4"]);
    }

    [Fact]
    public async Task Pool_5_2_an_item_is_stored_until_nobody_is_owed_it()
    {
        await Journal.Append("1", "2", "3");

        await Journal.Deliver("a", 1, 2, 3);
        Journal.Status.Items.ShouldBe(3);
        await Journal.Deliver("b", 2);
        Journal.Status.Items.ShouldBe(2);
        await Journal.DeliverAll("b");

        (Journal.Status.Items, Journal.Status.Bytes).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Pool_1_6_an_item_can_be_owed_to_one_sink_alone()
    {
        await Journal.AppendFor("b", "only b");
        await Journal.Append("both");

        (await Journal.Owed("a")).ShouldBe(["both"]);
        (await Journal.Owed("b")).ShouldBe(["only b", "both"]);
        await Journal.DeliverAll("b");
        Journal.Status.Items.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_owed_to_one_sink_leaves_the_log_while_another_lags()
    {
        await Journal.Append("old");
        await Journal.AppendFor("a", "mine");
        await Journal.Deliver("a", 1, 2);

        Journal.Status.Items.ShouldBe(1);
        (await Journal.Owed("b")).ShouldBe(["old"]);
    }

    [Fact]
    public async Task Unsent_items_name_everyone_who_misses_them()
    {
        await Journal.Append("1", "2", "3");
        await Journal.AppendFor("b", "4");
        await Journal.Deliver("a", 1);
        await Journal.Deliver("b", 2);

        var unsent = await Journal.ReadUnsentAsync(0, 100, long.MaxValue, CancellationToken.None);

        unsent.Select(entry => $"{entry.Item.Text()}: {string.Join('+', entry.Sinks)}").ShouldBe(["1: b", "2: a", "3: a+b", "4: b"]);
    }

    [Fact]
    public async Task Reserved_numbers_are_never_given_again()
    {
        await Journal.Append("1");
        var reserved = await Journal.ReserveSequencesAsync(10, CancellationToken.None);
        await ReopenIfThatKeepsDataAsync();
        var next = await Journal.Append("12");

        (reserved, next.FirstSequence).ShouldBe((2, 12));
    }

    [Fact]
    public async Task An_item_tried_before_keeps_its_number_when_it_is_saved()
    {
        var reserved = await Journal.ReserveSequencesAsync(5, CancellationToken.None);
        await Journal.AppendAsync(JournalActions.Item("late") with { Sequence = reserved + 3 }, OwedTo.Only("a"), CancellationToken.None);

        (await Journal.Read("a")).Single().Key.Sequence.ShouldBe(reserved + 3);
        (await Journal.Append("next")).FirstSequence.ShouldBe(reserved + 5);
    }

    [Fact]
    public async Task Pool_2_3_concurrent_appends_share_commits_and_get_places_of_their_own()
    {
        var before = Journal.Counters.Commits;

        // The writer is held up by the first until all others are there, however slowly they come.
        using var areThere = new ManualResetEventSlim();
        var first = Journal.AppendAsync(() => [JournalActions.Item(0)], OwedTo.All, () => areThere.Wait(), CancellationToken.None).AsTask();
        var others = Enumerable.Range(1, 1_999).Select(number =>
            Journal.AppendAsync(JournalActions.Item(number), OwedTo.All, CancellationToken.None).AsTask()).ToArray();
        areThere.Set();
        var receipts = await Task.WhenAll(others.Prepend(first));

        receipts.Select(receipt => receipt.FirstSequence).Order().ShouldBe(Enumerable.Range(1, 2_000).Select(number => (long)number));
        (Journal.Counters.Commits - before).ShouldBeLessThanOrEqualTo(3);
        Journal.Counters.Appended.ShouldBe(2_000);
    }

    [Fact]
    public async Task A_call_cancelled_before_it_begins_writes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () =>
            await Journal.AppendAsync(JournalActions.Item("x"), OwedTo.All, cancelled.Token));

        Journal.Status.Items.ShouldBe(0);
    }

    [Fact]
    public async Task A_closed_journal_says_so()
    {
        await Journal.DisposeAsync();

        await Should.ThrowAsync<Errors.JournalClosedException>(async () => await Journal.Append("x"));
        await ReopenAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xd800)]
    public async Task A_text_that_no_store_can_keep_is_refused_and_harms_no_other(int character)
    {
        var text = $"a{(char)character}b";
        await Should.ThrowAsync<ArgumentException>(async () =>
            await Journal.AppendAsync(JournalActions.Item("x") with { TraceId = text }, OwedTo.All, CancellationToken.None));

        await Journal.Append("y");
        await Journal.Bury("a", 1, text);
        (await Journal.DeadLetters()).Single().Error.ShouldBe("a\ufffdb");
    }
}
