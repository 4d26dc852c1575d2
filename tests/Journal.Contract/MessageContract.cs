using Sluice.Journal.Settings;

namespace Sluice.Journal.Contract;

/// <summary>Messages that a queue delivers twice.</summary>
public abstract class MessageContract : JournalContract
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Journal.AddSinks("a", "b");
    }

    [Fact]
    public async Task Pool_2_2_a_message_that_comes_again_is_known_and_not_stored_twice()
    {
        var first = await AppendAsync(Brought("m1", "x", "y"));
        await ReopenIfThatKeepsDataAsync();

        var again = await AppendAsync(Brought("m1", "x", "y"));

        (first.FirstSequence, first.Count, first.Known).ShouldBe((1, 2, null));
        again.Count.ShouldBe(0);
        again.Known.ShouldNotBeNull().ShouldBe([new KnownMessage(0, 2, 1)]);
        (await Journal.Owed("a")).ShouldBe(["x", "y"]);
        (await Journal.Append("z")).FirstSequence.ShouldBe(3);
    }

    [Fact]
    public async Task Only_the_known_messages_of_a_call_are_left_out()
    {
        await AppendAsync([.. Brought("m1", "1"), .. Brought("m2", "2", "3")]);

        var receipt = await AppendAsync([JournalActions.Item("4"), .. Brought("m2", "2", "3"), .. Brought("m3", "5"), .. Brought("m1", "1"), JournalActions.Item("6")]);

        (receipt.FirstSequence, receipt.Count).ShouldBe((4, 3));
        receipt.Known.ShouldNotBeNull().ShouldBe([new KnownMessage(1, 2, 2), new KnownMessage(4, 1, 1)]);
        (await Journal.Owed("a")).ShouldBe(["1", "2", "3", "4", "5", "6"]);
    }

    [Fact]
    public async Task A_single_item_that_comes_again_is_known_too_also_when_its_first_commit_is_still_under_way()
    {
        var calls = Enumerable.Range(0, 20)
            .Select(_ => Journal.AppendAsync(Brought("m1", "x")[0], OwedTo.All, CancellationToken.None).AsTask()).ToArray();

        var receipts = await Task.WhenAll(calls);

        receipts.Count(receipt => receipt.Count == 1).ShouldBe(1);
        receipts.Where(receipt => receipt.Count == 0).ShouldAllBe(receipt => receipt.Known![0] == new KnownMessage(0, 1, 1));
        (await Journal.Owed("b")).ShouldBe(["x"]);
    }

    [Fact]
    public async Task A_message_is_known_after_its_items_are_delivered_and_gone()
    {
        await AppendAsync(Brought("m1", "x"));
        await Journal.DeliverAll("a");
        await Journal.DeliverAll("b");

        (await AppendAsync(Brought("m1", "x"))).Count.ShouldBe(0);

        Journal.Status.Items.ShouldBe(0);
        Journal.Status.Sinks["a"].Accepted.ShouldBe(1);
    }

    [Fact]
    public async Task As_many_messages_are_remembered_as_configured_the_last_ones()
    {
        await ReopenWithAsync(Settings with { MessageIds = 3 });
        for (var number = 1; number <= 5; number++)
        {
            await AppendAsync(Brought($"m{number}", "x"));
        }

        (await Journal.ReadMessagesAsync(0, 100, CancellationToken.None)).Select(message => message.Id).ShouldBe(["m3", "m4", "m5"]);

        await ReopenIfThatKeepsDataAsync();
        (await AppendAsync(Brought("m3", "x"))).Count.ShouldBe(0);
        (await AppendAsync(Brought("m2", "x"))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task None_is_remembered_when_none_is_to_be()
    {
        await ReopenWithAsync(Settings with { MessageIds = 0 });

        await AppendAsync(Brought("m1", "x"));
        await AppendAsync(Brought("m1", "x"));

        (await Journal.Owed("a")).ShouldBe(["x", "x"]);
        (await Journal.ReadMessagesAsync(0, 100, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_known_message_needs_no_room()
    {
        await ReopenWithAsync(Settings with { MaxItems = 2, WhenFull = WhenFull.Reject });
        await AppendAsync(Brought("m1", "1", "2"));

        (await AppendAsync(Brought("m1", "1", "2"))).Count.ShouldBe(0);
        await Should.ThrowAsync<Errors.JournalFullException>(async () => await AppendAsync(Brought("m2", "3")));
    }

    [Fact]
    public async Task A_message_that_waited_for_room_while_it_came_again_is_stored_once()
    {
        await ReopenWithAsync(Settings with { MaxItems = 1, WhenFull = WhenFull.Block });
        await Journal.Append("full");
        var first = AppendAsync(Brought("m1", "x")).AsTask();
        var second = AppendAsync(Brought("m1", "x")).AsTask();

        await Journal.DeliverAll("a");
        await Journal.DeliverAll("b");

        (await Task.WhenAll(first, second)).Select(receipt => receipt.Count).Order().ShouldBe([0, 1]);
    }

    [Fact]
    public async Task What_another_journal_remembers_can_be_taken_over()
    {
        await AppendAsync(Brought("m1", "x"));

        var taken = await Journal.RememberAsync(
            [new RememberedMessage(70, "m1", 99, 1), new RememberedMessage(71, "elsewhere", 41, 2)], CancellationToken.None);
        await ReopenIfThatKeepsDataAsync();

        taken.ShouldBe(1);
        (await AppendAsync(Brought("elsewhere", "y", "z"))).Known.ShouldNotBeNull().ShouldBe([new KnownMessage(0, 2, 41)]);
        (await AppendAsync(Brought("m1", "x"))).Known.ShouldNotBeNull().ShouldBe([new KnownMessage(0, 1, 1)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with a \0")]
    [InlineData(257)]
    public async Task An_id_that_cannot_be_kept_is_refused(object id)
    {
        var item = JournalActions.Item("x") with { MessageId = id as string ?? new string('x', (int)id) };

        await Should.ThrowAsync<ArgumentException>(async () => await Journal.AppendAsync(item, OwedTo.All, CancellationToken.None));
        (await Journal.Append("still works")).Count.ShouldBe(1);
    }

    private static NewItem[] Brought(string message, params string[] texts) =>
        [.. texts.Select(text => JournalActions.Item(text) with { MessageId = message })];

    private ValueTask<AppendReceipt> AppendAsync(params NewItem[] items) => Journal.AppendAsync(items, OwedTo.All, CancellationToken.None);

    /// <summary>Other settings; the sinks are there again.</summary>
    private async Task ReopenWithAsync(JournalSettings settings)
    {
        await ReopenAsync(settings);
        await Journal.AddSinks("a", "b");
    }
}
