using Sluice.Actors.Pools;
using Sluice.Actors.Pools.Policies;
using Sluice.Journal.Settings;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools;

/// <summary>Changes of a running pool.</summary>
public sealed class ChangeSpecs : PoolSpecs
{
    [Fact]
    public async Task Pool_1_10_an_exporter_added_at_run_time_gets_what_is_sent_from_then_on()
    {
        var pool = await Rig.StartAsync(Rig.File());
        await pool.SendAsync(1).Within();

        await pool.AddExporterAsync(Rig.Http(Receiver.Url)).Within();
        await pool.SendAsync(2).Within();
        await Receiver.Until(1);

        Receiver.Items.ShouldBe(["2"]);
        Rig.Lines().Length.ShouldBe(2);
    }

    [Fact]
    public async Task Pool_1_10_a_name_that_is_taken_is_refused()
    {
        var pool = await Rig.StartAsync(Rig.File());

        var refused = await Should.ThrowAsync<PoolChangeRefusedException>(() => pool.AddExporterAsync(Rig.Http(Receiver.Url, "file")).Within());

        refused.Message.ShouldBe("The pool 'test' has an exporter 'file' already: choose another name.");
    }

    [Fact]
    public async Task Pool_1_10_an_exporter_described_in_a_message_is_made_by_the_programs_factory()
    {
        var parts = new PoolParts { MakeExporter = add => Rig.Http(add.Settings["url"]!, add.Name) };
        var pool = await Rig.StartAsync(Settings.Pool(), parts, Rig.File());

        var changed = await Kernel.Actor.Futures.Ask<object>(
            pool.Actor, new AddExporter("web", new Dictionary<string, string?> { ["url"] = Receiver.Url }), Deadline.Length);
        await pool.SendAsync(1).Within();
        await Receiver.Until(1);

        changed.ShouldBe(new PoolChanged());
        Receiver.Items.ShouldBe(["1"]);
    }

    [Fact]
    public async Task Pool_1_10_a_removed_exporters_unsent_data_is_kept_for_its_return()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var pool = await Rig.StartAsync(Rig.File(), Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(5)).Within();

        (await pool.RemoveExporterAsync("http", UnsentDataFate.Keep).Within()).ShouldBe(5);
        await pool.SendAsync(6).Within();
        Receiver.Misbehave = null;
        await pool.AddExporterAsync(Rig.Http(Receiver.Url)).Within();
        await Receiver.Until(5);

        Receiver.Keys.ShouldBe(Keys(5));
    }

    [Fact]
    public async Task Pool_1_10_a_removed_exporters_unsent_data_goes_to_its_heir()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        await using var heir = await Receiver.StartAsync();
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url), Rig.File());
        await pool.SendManyAsync(Values(5)).Within();
        await pool.AddExporterAsync(Rig.Http(heir.Url, "heir")).Within();

        await pool.RemoveExporterAsync("http", UnsentDataFate.SendToAnother, "heir").Within();
        await heir.Until(5);

        heir.Keys.ShouldBe(Keys(5));
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());
    }

    [Fact]
    public async Task Pool_1_10_a_removed_exporters_unsent_data_goes_to_the_dead_letters()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var journal = await Rig.JournalAsync();
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.File(), Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(5)).Within();

        await pool.RemoveExporterAsync("http", UnsentDataFate.DeadLetter).Within();

        journal.Status.Sinks["http"].Dead.ShouldBe(5);
        (await pool.HasUnsentDataAsync().Within()).ShouldBeFalse();
        (await pool.GetStatusAsync().Within()).Exporters.Select(exporter => exporter.Name).ShouldBe(["file"]);
    }

    [Fact]
    public async Task Pool_1_9_use_memory_can_be_changed_both_ways_and_nothing_is_lost_reordered_or_sent_twice()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var parts = new PoolParts { OpenJournal = async (memory, _) => await OpenAsync(memory) };
        var pool = Rig.Start(Settings.Pool(), await OpenAsync(false), parts, Rig.File(), Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(5)).Within();

        (await pool.SetUseMemoryAsync(true).Within()).ShouldBe(5);
        await pool.SendManyAsync(Values(5, from: 6)).Within();
        (await pool.GetStatusAsync().Within()).UseMemory.ShouldBeTrue();
        (await pool.SetUseMemoryAsync(false).Within()).ShouldBe(10);
        await pool.SendManyAsync(Values(5, from: 11)).Within();
        Receiver.Misbehave = null;
        await Receiver.Until(15);

        Receiver.Items.ShouldBe(Enumerable.Range(1, 15).Select(value => $$"""{"value":{{value}}}"""));
        Receiver.Keys.Distinct().Count().ShouldBe(15);
        (await pool.DrainAsync(Deadline.Length).Within()).Unsent.ShouldBe(0);
        Rig.Lines().Length.ShouldBe(15);
    }

    [Fact]
    public async Task Pool_1_9_from_memory_to_disk_what_was_in_memory_survives_the_process()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var parts = new PoolParts { OpenJournal = async (memory, _) => await OpenAsync(memory) };
        var pool = Rig.Start(Settings.Pool() with { UseMemory = true }, await OpenAsync(true), parts, Rig.Http(Receiver.Url));
        var answers = await pool.SendManyAsync(Values(5)).Within();

        await pool.SetUseMemoryAsync(false).Within();
        await pool.DrainAsync(TimeSpan.Zero).Within();

        await using var journal = await OpenAsync(false);
        var owed = await journal.ReadOwedAsync("http", 0, 10, 1 << 20, default);
        owed.Select(item => item.Key.ToString()).ShouldBe(answers.Cast<SendAnswer.Exported>().Select(answer => answer.Key));
    }

    [Fact]
    public async Task Pool_2_2_a_journal_in_memory_never_gives_a_key_of_an_earlier_process_again()
    {
        var settings = Settings.Pool() with { UseMemory = true };
        var first = Rig.Start(settings, await OpenAsync(true), null, Rig.Http(Receiver.Url));
        await first.SendManyAsync(Values(3)).Within();
        await first.DrainAsync(TimeSpan.Zero).Within();

        var second = Rig.Start(settings, await OpenAsync(true), null, Rig.Http(Receiver.Url));
        await second.SendManyAsync(Values(3)).Within();

        Receiver.Keys.Distinct().Count().ShouldBe(6);
    }

    [Theory]
    [InlineData(PolicyKind.Any, 1)]
    [InlineData(PolicyKind.Quorum, 2)]
    public async Task Pool_3_7_with_enough_deliveries_nobody_is_owed_an_item_any_more(PolicyKind kind, int quorum)
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var journal = await Rig.JournalAsync();
        var settings = Settings.Pool() with { Policy = Settings.Policy(kind, quorum), NumThreads = 3 };
        var pool = Rig.Start(settings, journal, null, Rig.Http(Receiver.Url), Rig.File("one"), Rig.File("two"));

        var answers = await pool.SendManyAsync(Values(5)).Within();

        answers.Cast<SendAnswer.Exported>().ShouldAllBe(answer => answer.Successful);
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());
        journal.Status.Sinks["http"].Dropped["policy"].ShouldBe(5);
    }

    [Fact]
    public async Task Pool_3_7_fallback_sends_to_the_next_only_when_the_first_refuses()
    {
        var settings = Settings.Pool() with { Policy = Settings.Policy(PolicyKind.Fallback), TurnPatience = TimeSpan.FromMilliseconds(1) };
        var pool = await Rig.StartAsync(settings, null, Rig.Http(Receiver.Url), Rig.File());
        await pool.SendManyAsync(Values(3)).Within();
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());
        Rig.Lines().ShouldBeEmpty();

        Receiver.Misbehave = Misbehaviour.Status(503);
        await pool.SendManyAsync(Values(3, from: 4)).Within();
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());

        Rig.Lines().Length.ShouldBe(3);
        Receiver.Items.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Pool_3_7_a_shadows_result_is_ignored_and_it_is_owed_nothing()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var journal = await Rig.JournalAsync();
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url, settings: Rig.Quick with { Shadow = true }), Rig.File());

        var answer = (SendAnswer.Exported)await pool.SendAsync(1).Within();

        answer.Successful.ShouldBeTrue();
        answer.Results.Select(result => result.Exporter).ShouldBe(["file"]);
        journal.Status.Sinks.Keys.ShouldBe(["file"]);
    }

    private Task<Journal.IJournal> OpenAsync(bool memory) =>
        Rig.JournalAsync(change: settings => settings with { Kind = memory ? JournalKind.Memory : JournalKind.Sqlite });
}
