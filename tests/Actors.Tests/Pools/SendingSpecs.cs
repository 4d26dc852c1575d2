using Sluice.Actors.Pools;
using Sluice.Journal.Settings;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools;

/// <summary>What a sender can rely on.</summary>
public sealed class SendingSpecs : PoolSpecs
{
    [Fact]
    public void Pool_1_1_num_threads_below_one_is_an_invalid_configuration_that_says_so()
    {
        var fault = Should.Throw<InvalidConfigException>(() => (Settings.Pool() with { NumThreads = 0 }).Validate(1));

        fault.Message.ShouldBe("pool 'test'.num-threads = 0 cannot be used: write 1 or more.");
    }

    [Fact]
    public async Task Pool_1_2_with_one_thread_exporters_are_sent_to_one_after_the_other_in_their_order()
    {
        var order = new List<string>();
        await using var second = await Receiver.StartAsync();
        var sent = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Receiver.Misbehave = async (_, _) =>
        {
            await sent.Task;
            lock (order)
            {
                order.Add("first");
            }

            return false;
        };
        second.Misbehave = (_, _) =>
        {
            lock (order)
            {
                order.Add("second");
            }

            return Task.FromResult(false);
        };
        var patient = Settings.Pool() with { NumThreads = 1, TurnPatience = Deadline.Length };
        var pool = await Rig.StartAsync(patient, null, Rig.Http(Receiver.Url, "a"), Rig.Http(second.Url, "b"));

        var sending = pool.SendAsync(1);
        await Deadline.Until(() => Receiver.Requests == 1);
        sent.SetResult();
        var answer = (SendAnswer.Exported)await sending.Within();

        order.ShouldBe(["first", "second"]);
        answer.Results.Select(result => result.Exporter).ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task Pool_1_2_with_more_threads_exporters_are_sent_to_at_the_same_time_and_results_keep_their_order()
    {
        var together = new Meeting(2);
        await using var second = await Receiver.StartAsync();
        Receiver.Misbehave = second.Misbehave = async (_, _) =>
        {
            await together.ArriveAsync();
            return false;
        };
        var pool = await Rig.StartAsync(Settings.Pool() with { NumThreads = 2 }, null, Rig.Http(Receiver.Url, "a"), Rig.Http(second.Url, "b"));

        var answer = (SendAnswer.Exported)await pool.SendAsync(1).Within();

        answer.Results.Select(result => (result.Exporter, result.Successful)).ShouldBe([("a", true), ("b", true)]);
    }

    [Fact]
    public async Task Pool_1_3_without_waiting_a_send_is_accepted_at_once_and_failures_are_journalled_all_the_same()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var pool = await Rig.StartAsync(Settings.Pool() with { WaitForResult = false }, null, Rig.Http(Receiver.Url));

        var answer = await pool.SendAsync(1).Within();

        answer.ShouldBe(new SendAnswer.Accepted("test:1"));
        (await pool.HasUnsentDataAsync().Within()).ShouldBeTrue();
    }

    [Fact]
    public async Task Pool_1_4_the_transform_runs_once_per_send_on_a_copy()
    {
        var runs = 0;
        var parts = new PoolParts
        {
            Transform = item =>
            {
                runs++;
                return item with { Payload = "\"changed\""u8.ToArray() };
            },
        };
        await using var second = await Receiver.StartAsync();
        var pool = await Rig.StartAsync(Settings.Pool(), parts, Rig.Http(Receiver.Url, "a"), Rig.Http(second.Url, "b"));
        var item = PoolItem.Of("original");

        await pool.SendAsync(item).Within();

        runs.ShouldBe(1);
        Receiver.Items.Concat(second.Items).ShouldBe(["\"changed\"", "\"changed\""]);
        item.Payload.ToArray().ShouldBe("\"original\""u8.ToArray());
    }

    [Theory]
    [InlineData(true, "The pool's transform returned nothing: it must return the item to send.")]
    [InlineData(false, "The pool's transform failed: InvalidOperationException: no")]
    public async Task Pool_1_4_a_transform_that_fails_fails_that_send_only_with_the_cause(bool returnsNothing, string expected)
    {
        var parts = new PoolParts
        {
            Transform = item => item.Arguments.Count == 0 ? item : returnsNothing ? null : throw new InvalidOperationException("no"),
        };
        var pool = await Rig.StartAsync(Settings.Pool(), parts, Rig.File());

        var refused = await Should.ThrowAsync<SendRefusedException>(() => pool.SendAsync(1, new Dictionary<string, string> { ["bad"] = "1" }).Within());
        await pool.SendAsync(2).Within();

        refused.Reason.ShouldBe(RefusalReason.TransformFailed);
        refused.Message.ShouldBe(expected);
        Rig.Lines().Length.ShouldBe(1);
    }

    [Fact]
    public async Task Pool_1_5_null_lists_and_sets_are_refused()
    {
        var pool = await Rig.StartAsync(Rig.File());

        await Should.ThrowAsync<ItemRefusedException>(() => pool.SendAsync(null).Within());
        await Should.ThrowAsync<ItemRefusedException>(() => pool.SendAsync(new List<int> { 1, 2 }).Within());
        await Should.ThrowAsync<ItemRefusedException>(() => pool.SendAsync(new HashSet<int> { 1 }).Within());
        await pool.SendAsync(new Dictionary<string, int> { ["one"] = 1 }).Within();

        Rig.Lines().ShouldBe(["""{"key":"test:1","item":{"one":1}}"""]);
    }

    [Fact]
    public async Task Pool_1_6_a_failed_exporters_data_is_saved_for_that_exporter_alone()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var journal = await Rig.JournalAsync();
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url), Rig.File());

        await pool.SendAsync(1).Within();
        await pool.HasUnsentDataAsync().Within();

        journal.Status.Sinks["http"].Pending.ShouldBe(1);
        journal.Status.Sinks["file"].Pending.ShouldBe(0);
    }

    [Fact]
    public async Task Pool_1_7_data_saved_by_hand_is_sent_to_that_exporter_alone()
    {
        var pool = await Rig.StartAsync(Settings.Pool() with { ManualReexport = true }, null, Rig.Http(Receiver.Url), Rig.File());

        await pool.SaveUnsentDataAsync(PoolItem.Of("mine"), "http").Within();
        (await pool.HasUnsentDataAsync().Within()).ShouldBeTrue();
        await pool.SendUnsentDataAsync().Within();

        Receiver.Items.ShouldBe(["\"mine\""]);
        Rig.Lines().ShouldBeEmpty();
        (await pool.HasUnsentDataAsync().Within()).ShouldBeFalse();
    }

    [Fact]
    public async Task Pool_1_8_with_manual_reexport_only_asking_sends_what_is_saved()
    {
        Receiver.Misbehave = Misbehaviour.Status(503, lines => lines[0].Contains(":1\"", StringComparison.Ordinal));
        var pool = await Rig.StartAsync(Settings.Pool() with { ManualReexport = true }, null, Rig.Http(Receiver.Url));
        await pool.SendAsync(1).Within();
        Receiver.Misbehave = null;

        await pool.SendAsync(2).Within();
        Receiver.Keys.ShouldBe(["test:2"]);
        (await pool.GetStatusAsync().Within()).Exporters[0].State.ShouldBe(ExporterState.WaitingToBeAsked);
        var sent = (await pool.SendUnsentDataAsync().Within()).Single();

        sent.Delivered.ShouldBe(1);
        Receiver.Keys.ShouldBe(["test:2", "test:1"]);
    }

    [Fact]
    public async Task Pool_1_7_an_attempt_that_was_on_its_way_when_everything_was_asked_to_be_sent_is_not_the_last_one()
    {
        var (isSending, ends) = (NewSignal(), NewSignal());
        Receiver.Misbehave = async (context, _) =>
        {
            isSending.TrySetResult();
            await ends.Task;
            Receiver.Misbehave = null;
            context.Response.StatusCode = 503;
            return true;
        };
        var slow = Rig.Quick with { Retry = Rig.Quick.Retry with { InitialInterval = TimeSpan.FromHours(1), MaxInterval = TimeSpan.FromHours(1) } };
        var pool = await Rig.StartAsync(Settings.Pool() with { WaitForResult = false }, null, Rig.Http(Receiver.Url, settings: slow));
        await pool.SendManyAsync(Values(3)).Within();
        await isSending.Task.Within();

        var sending = pool.SendUnsentDataAsync();
        await pool.GetStatusAsync().Within();
        ends.SetResult();

        var sent = (await sending.Within()).Single();
        (sent.Delivered, sent.Unsent).ShouldBe((3, 0));

        static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [Fact]
    public async Task Pool_2_1_on_failure_nothing_is_journalled_while_all_is_well_and_everything_once_it_is_not()
    {
        var journal = await Rig.JournalAsync();
        var pool = Rig.Start(Settings.Pool() with { Save = SaveMode.OnFailure }, journal, null, Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(10)).Within();
        journal.Status.Sinks["http"].Accepted.ShouldBe(0);

        Receiver.Misbehave = Misbehaviour.Status(503);
        var answers = await pool.SendManyAsync(Values(10, from: 11)).Within();
        answers.Cast<SendAnswer.Exported>().ShouldAllBe(answer => answer.Results[0].Fate == ExportFate.Unsent);
        journal.Status.Sinks["http"].Pending.ShouldBe(10);

        Receiver.Misbehave = null;
        await Receiver.Until(20);
        Receiver.Items.ShouldBe(Enumerable.Range(1, 20).Select(value => $$"""{"value":{{value}}}"""));
        Receiver.Keys.Distinct().Count().ShouldBe(20);
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());
        await pool.SendAsync(new { value = 21 }).Within();
        journal.Status.Sinks["http"].Accepted.ShouldBe(10);
    }

    [Fact]
    public async Task Pool_2_1_with_save_off_a_failed_item_is_lost_and_its_sender_is_told()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var pool = await Rig.StartAsync(Settings.Pool() with { Save = SaveMode.Off }, null, Rig.Http(Receiver.Url));

        var answer = (SendAnswer.Exported)await pool.SendAsync(1).Within();

        answer.Results.Single().Fate.ShouldBe(ExportFate.Lost);
        (await pool.GetStatusAsync().Within()).Exporters[0].Lost.ShouldBe(1);
        (await pool.HasUnsentDataAsync().Within()).ShouldBeFalse();
    }

    [Fact]
    public async Task Pool_2_3_a_full_journal_that_rejects_refuses_the_send_with_a_clear_error()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var journal = await Rig.JournalAsync(change: settings => settings with { MaxItems = 3, WhenFull = WhenFull.Reject });
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(3)).Within();

        var refused = await Should.ThrowAsync<SendRefusedException>(() => pool.SendAsync(4).Within());

        refused.Reason.ShouldBe(RefusalReason.JournalFull);
        refused.Message.ShouldContain("max-items");
    }

    [Fact]
    public async Task Pool_2_3_a_full_journal_that_blocks_makes_the_sender_wait_until_there_is_room()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var journal = await Rig.JournalAsync(change: settings => settings with { MaxItems = 3, WhenFull = WhenFull.Block });
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(3)).Within();

        var waiting = pool.SendAsync(new { value = 4 });
        await Deadline.Until(async () => (await pool.GetStatusAsync()).WaitingSenders == 1);
        waiting.IsCompleted.ShouldBeFalse();
        Receiver.Misbehave = null;

        (await waiting.Within()).ShouldBeOfType<SendAnswer.Exported>();
        await Receiver.Until(4);
    }

    [Fact]
    public async Task Senders_that_flood_a_blocked_pool_are_refused_rather_than_fill_memory()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var journal = await Rig.JournalAsync(change: settings => settings with { MaxItems = 1, WhenFull = WhenFull.Block });
        var pool = Rig.Start(Settings.Pool() with { WaitingItems = 5 }, journal, null, Rig.Http(Receiver.Url));
        await pool.SendAsync(1).Within();

        var sends = Enumerable.Range(0, 20).Select(value => pool.SendAsync(value)).ToArray();
        await Deadline.Until(() => sends.Count(send => send.IsFaulted) == 15);
        Receiver.Misbehave = null;

        await Receiver.Until(6);
    }
}
