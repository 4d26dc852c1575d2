using Sluice.Actors.Pools;
using Sluice.Journal.Errors;
using Sluice.Messages.Pools;
using Sluice.Rabbit.Rig;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools;

/// <summary>The main job: items reach every sink, and an outage of one costs nothing but time.</summary>
public sealed class DeliverySpecs : PoolSpecs
{
    [Fact]
    public async Task Pool_1_5_a_send_returns_one_result_per_exporter_in_their_order()
    {
        var pool = await Rig.StartAsync(Rig.File(), Rig.Http(Receiver.Url));

        var answer = await pool.SendAsync(new { value = 1 }).Within();

        var exported = answer.ShouldBeOfType<SendAnswer.Exported>();
        exported.Successful.ShouldBeTrue();
        exported.Key.ShouldBe("test:1");
        exported.Results.Select(result => (result.Exporter, result.Successful)).ShouldBe([("file", true), ("http", true)]);
        Rig.Lines().ShouldBe(["""{"key":"test:1","item":{"value":1}}"""]);
        Receiver.Keys.ShouldBe(["test:1"]);
    }

    [Fact]
    public async Task Pool_2_2_order_is_kept_per_exporter_and_keys_count_up()
    {
        var pool = await Rig.StartAsync(Rig.File(), Rig.Http(Receiver.Url));

        await Task.WhenAll(Enumerable.Range(0, 500).Select(value => pool.SendAsync(new { value }))).Within();

        var values = Enumerable.Range(0, 500).Select(value => $$"""{"value":{{value}}}""");
        Receiver.Items.ShouldBe(values);
        Receiver.Keys.ShouldBe(Keys(500));
        Rig.Lines().Length.ShouldBe(500);
    }

    [Fact]
    public async Task Pool_2_3_many_concurrent_sends_share_commits()
    {
        var journal = new FailingJournal(await Rig.JournalAsync());
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.File());
        await pool.SendAsync(new { value = 0 }).Within();
        var before = journal.Counters.Commits;

        journal.IsBusy();
        var sends = Enumerable.Range(1, 1000).Select(value => pool.SendAsync(new { value })).ToArray();
        await Deadline.Until(async () => (await pool.GetStatusAsync()).WaitingSenders == 1000);
        journal.IsReady();
        await Task.WhenAll(sends).Within();

        // The items share a few commits, and so do the words that they were delivered: a batch of a hundred has one.
        (journal.Counters.Commits - before).ShouldBeLessThan(50);
    }

    [Fact]
    public async Task Pool_2_1_an_outage_leaves_everything_owed_in_the_journal_and_the_other_sink_has_it_all()
    {
        var pool = await Rig.StartAsync(Rig.File(), Rig.Http($"http://127.0.0.1:{Ports.Free()}/"));

        var answer = await pool.SendAsync(new { value = 1 }).Within();
        await pool.SendManyAsync([new { value = 2 }, new { value = 3 }]).Within();

        var exported = answer.ShouldBeOfType<SendAnswer.Exported>();
        exported.Successful.ShouldBeFalse();
        exported.Results[0].Successful.ShouldBeTrue();
        exported.Results[1].Fate.ShouldBe(ExportFate.Unsent);
        Rig.Lines().Length.ShouldBe(3);
        var status = await pool.GetStatusAsync().Within();
        status.Exporters[0].UnsentItems.ShouldBe(0);
        status.Exporters[1].UnsentItems.ShouldBe(3);
        status.Exporters[1].LastError.ShouldNotBeNullOrEmpty();
        (await pool.HasUnsentDataAsync().Within()).ShouldBeTrue();
    }

    [Fact]
    public async Task Pool_2_2_what_is_owed_is_delivered_by_the_next_start_in_order_under_the_same_keys()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var first = await Rig.StartAsync(Rig.Http(Receiver.Url));
        await first.SendManyAsync(Values(50)).Within();
        (await first.DrainAsync(TimeSpan.Zero).Within()).Unsent.ShouldBe(50);

        Receiver.Misbehave = null;
        var second = await Rig.StartAsync(Rig.Http(Receiver.Url));
        await Receiver.Until(50);

        // An attempt that the first one's end cut short may have been read in spite of that: then its items come twice, under the same keys.
        Receiver.Keys.Distinct().ShouldBe(Keys(50));
        (await second.DrainAsync(Deadline.Length).Within()).Unsent.ShouldBe(0);
    }

    [Fact]
    public async Task Pool_1_8_when_the_sink_is_back_what_is_owed_is_sent_by_itself_in_order()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var pool = await Rig.StartAsync(Rig.File(), Rig.Http(Receiver.Url));
        for (var value = 1; value <= 30; value++)
        {
            await pool.SendAsync(new { value }).Within();
        }

        Receiver.Misbehave = null;
        await Receiver.Until(30);

        Receiver.Keys.ShouldBe(Keys(30));
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());
    }

    [Fact]
    public async Task Pool_1_11_a_drain_waits_until_all_is_sent()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(20)).Within();

        var drained = pool.DrainAsync(Deadline.Length);
        Receiver.Misbehave = null;

        (await drained.Within()).ShouldBe(new Drained(0, 0));
        Receiver.Items.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Pool_1_11_a_drain_that_runs_out_of_time_keeps_the_rest_in_the_journal()
    {
        Receiver.Misbehave = Misbehaviour.Never();
        var pool = await Rig.StartAsync(Settings.Pool() with { WaitForResult = false }, null, Rig.Http(Receiver.Url));
        await pool.SendManyAsync([1, 2, 3]).Within();

        (await pool.DrainAsync(TimeSpan.FromMilliseconds(50)).Within()).ShouldBe(new Drained(3, 0));

        await using var journal = await Rig.JournalAsync();
        journal.Status.Sinks["http"].Pending.ShouldBe(3);
    }

    [Fact]
    public async Task Pool_2_1_on_failure_what_is_on_its_way_when_the_pool_stops_is_saved()
    {
        Receiver.Misbehave = Misbehaviour.Never();
        var settings = Settings.Pool() with { Save = SaveMode.OnFailure, WaitForResult = false };
        var pool = await Rig.StartAsync(settings, null, Rig.Http(Receiver.Url));
        await pool.SendManyAsync([1, 2, 3]).Within();
        await Deadline.Until(() => Receiver.Requests == 1);

        (await pool.DrainAsync(TimeSpan.Zero).Within()).ShouldBe(new Drained(3, 0));

        await using var journal = await Rig.JournalAsync();
        (await journal.ReadOwedAsync("http", 0, 10, 1 << 20, default)).Select(item => item.Key.Sequence).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_journal_that_takes_its_time_to_close_is_waited_for()
    {
        var clock = new TestClock();
        var journal = new FailingJournal(await Rig.JournalAsync());
        var pool = Rig.Start(Settings.Pool(), journal, new PoolParts { Time = clock }, Rig.File());
        await pool.SendAsync(1).Within();
        journal.IsBusy();

        var drained = pool.DrainAsync(TimeSpan.Zero);
        await journal.IsClosing.Within();
        clock.Advance(TimeSpan.FromSeconds(5));
        await Should.ThrowAsync<JournalLockedException>(() => Rig.JournalAsync());
        drained.IsCompleted.ShouldBeFalse();
        journal.IsReady();

        (await drained.Within()).ShouldBe(new Drained(0, 0));
        await (await Rig.JournalAsync()).DisposeAsync();
    }

    [Fact]
    public async Task After_a_drain_nothing_is_taken()
    {
        Receiver.Misbehave = Misbehaviour.Never();
        var pool = await Rig.StartAsync(Settings.Pool() with { WaitForResult = false }, null, Rig.Http(Receiver.Url));
        await pool.SendAsync(1).Within();
        _ = pool.DrainAsync(Deadline.Length);

        var refused = await Should.ThrowAsync<Sluice.Actors.Pools.SendRefusedException>(() => pool.SendAsync(2).Within());

        refused.Reason.ShouldBe(RefusalReason.Stopping);
    }

    [Fact]
    public async Task Pool_1_7_send_unsent_data_tries_everything_at_once_whatever_the_backoff()
    {
        Receiver.Misbehave = Misbehaviour.Status(503, retryAfter: "3600");
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url));
        await pool.SendManyAsync([1, 2, 3]).Within();

        (await pool.SendUnsentDataAsync().Within()).Single().Unsent.ShouldBe(3);
        Receiver.Misbehave = null;
        var result = (await pool.SendUnsentDataAsync().Within()).Single();

        result.Delivered.ShouldBe(3);
        result.Unsent.ShouldBe(0);
        result.Results.Count.ShouldBe(3);
        Receiver.Items.ShouldBe(["1", "2", "3"]);
    }
}
