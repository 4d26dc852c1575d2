using Sluice.Journal.DeadLetters;

namespace Sluice.Journal.Contract;

/// <summary>Dead letters: what they keep, how they go back, and when they go for good.</summary>
public abstract class DeadLetterContract : JournalContract
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Journal.AddSinks("a", "b");
    }

    [Fact]
    public async Task Pool_5_3_a_dead_letter_keeps_the_item_and_its_history()
    {
        var item = JournalActions.Item("payload") with
        {
            Arguments = new Dictionary<string, string> { ["k"] = "v" },
            Origin = new ItemOrigin("tube", "node", "7"),
            TraceId = "trace",
        };
        await Journal.AppendAsync(item, OwedTo.All, CancellationToken.None);
        var accepted = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromMinutes(5));

        await Journal.SettleAsync(
            "a",
            [Settlement.DeadLetter(1, new DeadReason(DeadLetterClass.Poison, "does not parse", new string('x', 5_000), 3))],
            CancellationToken.None);
        await ReopenIfThatKeepsDataAsync();

        var letter = (await Journal.DeadLetters()).ShouldHaveSingleItem();
        (letter.Key, letter.Sink, letter.Class, letter.Error, letter.Attempts, letter.Redrives, letter.Redriving)
            .ShouldBe((new ItemKey(Journal.Pool, 1), "a", DeadLetterClass.Poison, "does not parse", 3, 0, false));
        (letter.FirstSeen, letter.LastTry).ShouldBe((accepted, Clock.GetUtcNow()));
        letter.Response!.Length.ShouldBe(4_096);
        letter.Text().ShouldBe("payload");
        (letter.Origin, letter.TraceId, letter.ContentType).ShouldBe((item.Origin, "trace", "text/plain"));
        letter.Arguments.ShouldBe(item.Arguments);
    }

    [Fact]
    public async Task A_dead_letter_does_not_hold_the_item_back_at_other_sinks()
    {
        await Journal.Append("1", "2");

        await Journal.Bury("a", 1);

        (await Journal.Owed("a")).ShouldBe(["2"]);
        (await Journal.Owed("b")).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task A_redriven_item_keeps_its_key_and_leaves_the_dead_letters_once_delivered()
    {
        await Journal.Append("1", "2");
        await Journal.Bury("a", 1);
        var id = (await Journal.DeadLetters()).Single().Id;

        (await Journal.RedriveAsync([id, id, 99], CancellationToken.None)).ShouldBe(1);
        await ReopenIfThatKeepsDataAsync();

        var owed = await Journal.Read("a");
        owed.Select(item => item.Key.Sequence).ShouldBe([2, 1]);
        (await Journal.DeadLetters()).Single().Redriving.ShouldBeTrue();
        (await Journal.Owed("b")).ShouldBe(["1", "2"]);
        await Journal.DeliverAll("a");
        (await Journal.DeadLetters()).ShouldBeEmpty();
        var page = Journal.Status.Sinks["a"];
        (page.Accepted, page.Delivered, page.Dead).ShouldBe((2, 2, 0));
    }

    [Fact]
    public async Task A_redriven_item_that_fails_again_goes_on_with_its_history()
    {
        await Journal.Append("1");
        await Journal.Bury("a", 1, "first");
        var id = (await Journal.DeadLetters()).Single().Id;

        await Journal.RedriveAsync([id], CancellationToken.None);
        await Journal.Bury("a", (await Journal.Read("a")).Single().Position, "second");

        var letter = (await Journal.DeadLetters()).ShouldHaveSingleItem();
        (letter.Id, letter.Attempts, letter.Redrives, letter.Error, letter.Redriving).ShouldBe((id, 2, 1, "second", false));
        Journal.Status.Sinks["a"].Dead.ShouldBe(1);
    }

    [Fact]
    public async Task A_redriven_item_amid_others_is_settled_with_them()
    {
        await Journal.Append("1", "2", "3");
        await Journal.Bury("a", 2);
        await Journal.RedriveAsync([(await Journal.DeadLetters()).Single().Id], CancellationToken.None);
        await Journal.Append("4");

        await Journal.DeliverAll("a");

        (await Journal.DeadLetters()).ShouldBeEmpty();
        Journal.Status.Sinks["a"].Delivered.ShouldBe(4);
    }

    [Fact]
    public async Task Dead_letters_are_found_by_what_is_known_of_them()
    {
        await Journal.AppendAsync(
            [JournalActions.Item("1") with { Origin = new ItemOrigin("t1", "n1", "0") }, JournalActions.Item("2") with { Origin = new ItemOrigin("t2", "n2", "0") }],
            OwedTo.All,
            CancellationToken.None);
        await Journal.Bury("a", 1, "Unknown COLUMN x");
        Clock.Advance(TimeSpan.FromHours(1));
        await Journal.Bury("b", 2, "timeout");
        var later = Clock.GetUtcNow();

        (await Texts(new() { Sink = "a" })).ShouldBe(["1"]);
        (await Texts(new() { Tube = "t2" })).ShouldBe(["2"]);
        (await Texts(new() { Node = "n1" })).ShouldBe(["1"]);
        (await Texts(new() { Class = DeadLetterClass.Poison })).ShouldBeEmpty();
        (await Texts(new() { ErrorContains = "column" })).ShouldBe(["1"]);
        (await Texts(new() { LastTryBefore = later })).ShouldBe(["1"]);
        (await Texts(new() { LastTryFrom = later })).ShouldBe(["2"]);
        (await Texts(new() { Redriving = false })).ShouldBe(["1", "2"]);
        (await Texts(new() { Redriving = true })).ShouldBeEmpty();
        var first = (await Journal.DeadLetters())[0].Id;
        (await Journal.ReadDeadLettersAsync(DeadLetterFilter.Everything, first, 10, CancellationToken.None)).Single().Text().ShouldBe("2");
    }

    [Fact]
    public async Task Dropped_dead_letters_are_counted()
    {
        await Journal.Append("1", "2");
        await Journal.Bury("a", 1);
        await Journal.Bury("a", 2);
        var letters = await Journal.DeadLetters();
        await Journal.RedriveAsync([letters[1].Id], CancellationToken.None);

        (await Journal.DropDeadLettersAsync([.. letters.Select(letter => letter.Id)], "by-hand", CancellationToken.None)).ShouldBe(1);

        (await Journal.DeadLetters()).Single().Text().ShouldBe("2");
        Journal.Status.Sinks["a"].Dropped["by-hand"].ShouldBe(1);
    }

    [Fact]
    public async Task Pool_5_4_dead_letters_past_their_age_are_dropped_and_counted()
    {
        await ReopenAsync(Settings with { DeadLetterAge = TimeSpan.FromDays(1) });
        await Journal.AddSinks("a", "b");
        await Journal.Append("old", "young", "redriven");
        await Journal.Bury("a", 1);
        await Journal.Bury("a", 3);
        await Journal.RedriveAsync([(await Journal.DeadLetters())[1].Id], CancellationToken.None);
        Clock.Advance(TimeSpan.FromHours(25));
        await Journal.Bury("b", 2);

        await Journal.ApplyRetentionAsync(CancellationToken.None);

        (await Journal.DeadLetters()).Select(letter => letter.Text()).ShouldBe(["redriven", "young"], ignoreOrder: true);
        Journal.Status.Sinks["a"].Dropped["retention"].ShouldBe(1);
    }

    [Fact]
    public async Task Pool_5_4_dead_letters_past_their_bytes_are_dropped_oldest_first()
    {
        await ReopenAsync(Settings with { DeadLetterBytes = 5 });
        await Journal.AddSinks("a", "b");
        await Journal.Append("111", "22", "333");
        foreach (var position in (long[])[1, 2, 3])
        {
            await Journal.Bury("a", position);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await Journal.ApplyRetentionAsync(CancellationToken.None);

        (await Journal.DeadLetters()).Select(letter => letter.Text()).ShouldBe(["22", "333"]);
    }

    private async Task<IEnumerable<string>> Texts(DeadLetterFilter filter) => (await Journal.DeadLetters(filter)).Select(letter => letter.Text());
}
