using Sluice.Actors.Pools;
using Sluice.Actors.Pools.Policies;
using Sluice.Actors.Pools.Sending;
using Sluice.Exporters.Sinks;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools.Sending;

public sealed class OutboxSpecs
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly PoolExporterSettings _settings = Settings.Exporter().Exact();

    [Fact]
    public void Pool_3_4_a_batch_holds_no_more_than_its_count()
    {
        var desk = new Desk(WithBatch(size: 3));
        desk.Hand(5);

        var first = desk.Take();
        desk.Deliver(first);

        Desk.Numbers(first).ShouldBe("1 2 3");
        Desk.Numbers(desk.Take()).ShouldBe("4 5");
    }

    [Fact]
    public void Pool_3_4_a_batch_holds_no_more_than_its_bytes_and_a_larger_item_goes_alone()
    {
        var desk = new Desk(WithBatch(bytes: 25));
        desk.Hand(3);
        desk.Hand(1, bytes: 100);
        desk.Hand(1);

        var batches = Enumerable.Range(0, 4).Select(_ =>
        {
            var batch = desk.Take();
            desk.Deliver(batch);
            return Desk.Numbers(batch);
        });

        batches.ShouldBe(["1 2", "3", "4", "5"]);
    }

    [Fact]
    public void Pool_3_4_a_batch_that_is_not_full_goes_once_its_oldest_item_has_waited_long_enough()
    {
        var desk = new Desk(WithBatch(age: Second));
        desk.Hand(1);
        desk.Clock.Advance(Second / 2);
        desk.Hand(1);

        desk.Wait().ShouldBe(Second / 2);
        desk.Clock.Advance(Second / 2);

        Desk.Numbers(desk.Take()).ShouldBe("1 2");
    }

    [Fact]
    public void Pool_3_4_a_refused_batch_is_split_until_the_bad_item_is_found_and_the_others_are_delivered_in_order()
    {
        var desk = new Desk();
        desk.Hand(16);
        var delivered = new List<long>();

        var calls = 0;
        while (desk.Outbox.TryTake(out var batch, out _, out _))
        {
            calls++;
            if (batch.Entries.Any(entry => entry.Order == 11))
            {
                desk.RefuseTogether(batch);
            }
            else
            {
                delivered.AddRange(batch.Entries.Select(entry => entry.Order));
                desk.Deliver(batch);
            }
        }

        delivered.ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15, 16]);
        desk.Results[11].Fate.ShouldBe(ExportFate.DeadLettered);
        calls.ShouldBeLessThanOrEqualTo(9);
    }

    [Fact]
    public void Pool_3_3_an_undeliverable_item_goes_at_once_and_does_not_block_those_behind_it()
    {
        var desk = new Desk();
        desk.Hand(3);

        desk.End(desk.Take(), entry => entry.Order == 2
            ? new SinkOutcome.Undeliverable("no such field", "http-422", "{}")
            : SinkOutcome.Delivered.Silently);
        desk.Hand(1);

        desk.Results[2].ShouldBe(ExportResult.Failed("sink", "http-422: no such field", ExportFate.DeadLettered));
        Desk.Numbers(desk.Take()).ShouldBe("4");
        desk.Counters.DeadLettered.ShouldBe(1);
    }

    [Fact]
    public void Pool_3_2_a_failed_batch_is_tried_again_after_growing_waits_before_anything_else()
    {
        var desk = new Desk();
        desk.Hand(2);
        desk.Fail(desk.Take());
        desk.Hand(1);

        desk.Wait().ShouldBe(Second);
        desk.Clock.Advance(Second);
        var again = desk.Take();
        Desk.Numbers(again).ShouldBe("1 2");
        desk.Fail(again);
        desk.Wait().ShouldBe(Second * 2);
        desk.Clock.Advance(Second * 2);
        desk.Deliver(desk.Take());

        Desk.Numbers(desk.Take()).ShouldBe("3");
    }

    [Fact]
    public void Pool_3_2_a_wait_that_the_sink_asks_for_is_respected()
    {
        var desk = new Desk();
        desk.Hand(1);

        desk.Fail(desk.Take(), retryAfter: Second * 90);

        desk.Wait().ShouldBe(Second * 90);
    }

    [Fact]
    public void Pool_3_2_after_failures_in_a_row_the_circuit_opens_and_one_probe_at_a_time_goes_through()
    {
        var unordered = _settings with { Ordered = false, Batch = _settings.Batch with { Size = 1 } };
        var desk = new Desk(unordered with { Circuit = unordered.Circuit with { Failures = 3, OpenFor = Second * 60 } });
        desk.Hand(10);
        var batches = new[] { desk.Take(), desk.Take(), desk.Take() };
        Array.ForEach(batches, batch => desk.Fail(batch));

        desk.Wait().ShouldBe(Second * 60);
        desk.Clock.Advance(Second * 60);
        desk.Outbox.TryTake(out var probe, out var isProbe, out _).ShouldBeTrue();

        isProbe.ShouldBeTrue();
        desk.Wait().ShouldBe(Timeout.InfiniteTimeSpan);
        desk.Deliver(probe!);
        desk.Outbox.IsCircuitOpen.ShouldBeFalse();
        desk.Take();
        desk.Take();
    }

    [Fact]
    public void An_item_whose_attempts_are_used_up_goes_to_the_dead_letters()
    {
        var desk = new Desk(_settings with { Retry = _settings.Retry with { MaxAttempts = 2 } });
        desk.Hand(1);

        desk.Fail(desk.Take());
        desk.Clock.Advance(Second);
        desk.Fail(desk.Take());

        desk.Outbox.IsDone.ShouldBeTrue();
        desk.Counters.DeadLettered.ShouldBe(1);
    }

    [Fact]
    public void A_batch_whose_attempts_are_used_up_at_a_sink_that_answers_is_split_so_that_only_the_bad_item_dies()
    {
        var desk = new Desk(_settings with { Retry = _settings.Retry with { MaxAttempts = 1 } });
        desk.Hand(4);
        desk.Fail(desk.Take());

        desk.Outbox.Probed(desk.Outbox.TakeSuspect()!, isReachable: true);
        while (desk.Outbox.TryTake(out var batch, out _, out _))
        {
            if (batch.Entries.Any(entry => entry.Order == 3))
            {
                desk.Fail(batch);
            }
            else
            {
                desk.Deliver(batch);
            }
        }

        desk.Counters.Sent.ShouldBe(3);
        desk.Counters.DeadLettered.ShouldBe(1);
        desk.Outbox.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void A_batch_whose_attempts_are_used_up_at_a_sink_that_is_not_there_dies_as_a_whole()
    {
        var desk = new Desk(_settings with { Retry = _settings.Retry with { MaxAttempts = 1 } });
        desk.Hand(4);
        desk.Fail(desk.Take());

        desk.Outbox.Probed(desk.Outbox.TakeSuspect()!, isReachable: false);

        desk.Counters.DeadLettered.ShouldBe(4);
        desk.Outbox.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Senders_do_not_wait_for_an_exporter_that_holds_back()
    {
        var desk = new Desk(WithBatch(size: 1));
        desk.Hand(2);

        desk.Fail(desk.Take());
        desk.Hand(1);

        desk.Results.Keys.Order().ShouldBe([1, 2, 3]);
        desk.Results.Values.ShouldAllBe(result => result.Fate == ExportFate.Unsent && !result.Successful);
    }

    [Fact]
    public void Pool_2_3_memory_stays_within_its_limit_whatever_is_handed_over()
    {
        var desk = new Desk(_settings with { ReadAheadBytes = 10_000 });

        for (var commit = 0; commit < 100; commit++)
        {
            desk.Hand(10, bytes: 500);
            desk.Outbox.Ahead.Bytes.ShouldBeLessThanOrEqualTo(10_000);
        }

        desk.Outbox.Ahead.Gaps.First.UpTo.ShouldBe(1000);
    }

    [Fact]
    public void What_did_not_fit_in_memory_is_read_from_the_journal_and_comes_in_order()
    {
        var desk = new Desk(WithBatch(size: 4) with { ReadAheadBytes = 2000 });
        desk.Hand(40);
        var sent = new List<long>();

        while (sent.Count < 40)
        {
            while (desk.Outbox.TryTake(out var batch, out _, out _))
            {
                sent.AddRange(batch.Entries.Select(entry => entry.Order));
                desk.Deliver(batch);
            }

            ReadFrom(desk, 40);
        }

        sent.ShouldBe(Enumerable.Range(1, 40).Select(order => (long)order));
    }

    [Fact]
    public void At_the_start_everything_owed_is_read_before_live_items_go()
    {
        var desk = new Desk(head: 3);
        desk.Outbox.Hand([desk.Entry(4)]);

        desk.Wait().ShouldBe(Timeout.InfiniteTimeSpan);
        ReadFrom(desk, 4);

        Desk.Numbers(desk.Take()).ShouldBe("1 2 3 4");
    }

    [Fact]
    public void Pool_3_8_an_unordered_exporter_sends_live_items_while_it_catches_up()
    {
        var desk = new Desk(WithBatch(size: 1) with { Ordered = false, CatchUpShare = 0.5 }, head: 20);
        desk.Outbox.Hand([.. Enumerable.Range(21, 4).Select(order => desk.Entry(order))]);
        ReadFrom(desk, 20);

        var sent = Enumerable.Range(0, 8).Select(_ =>
        {
            var batch = desk.Take();
            desk.Deliver(batch);
            return batch.Entries[0].Order;
        }).ToArray();

        sent.Count(order => order > 20).ShouldBe(4);
        sent.Count(order => order <= 20).ShouldBe(4);
    }

    [Fact]
    public void Pool_1_8_with_manual_reexport_what_failed_waits_and_later_items_go_on()
    {
        var desk = new Desk(manual: true);
        desk.Hand(1);
        desk.Fail(desk.Take());

        desk.Hand(1);

        desk.Outbox.IsParked.ShouldBeTrue();
        desk.Results[1].Fate.ShouldBe(ExportFate.Unsent);
        Desk.Numbers(desk.Take()).ShouldBe("2");
    }

    [Fact]
    public void Pool_1_8_with_manual_reexport_what_was_owed_at_the_start_waits_too()
    {
        var desk = new Desk(manual: true, head: 5);

        desk.Outbox.IsParked.ShouldBeTrue();
        desk.Outbox.Ahead.Gaps.IsEmpty.ShouldBeTrue();
        desk.Wait().ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void Pool_1_7_asked_for_what_waits_is_read_from_its_beginning()
    {
        var desk = new Desk(manual: true, head: 5);

        desk.Outbox.Rewind(5);
        ReadFrom(desk, 5);

        Desk.Numbers(desk.Take()).ShouldBe("1 2 3 4 5");
    }

    [Fact]
    public void Pool_2_1_on_failure_what_failed_and_what_is_behind_it_is_saved_in_order_under_its_number()
    {
        var desk = new Desk(WithBatch(size: 1), SaveMode.OnFailure) { IsSaved = false };
        desk.Hand(3);

        desk.Fail(desk.Take());
        desk.Hand(1);

        desk.Outbox.Aftermath.Spill.Bytes.ShouldBe(4 * desk.Entry(9).Bytes);
        desk.Outbox.Ahead.Count.ShouldBe(0);
        desk.Results.ShouldBeEmpty("nobody is told that it is saved before it is");
    }

    [Fact]
    public void Pool_2_1_with_save_off_what_fails_is_lost_and_counted()
    {
        var desk = new Desk(save: SaveMode.Off) { IsSaved = false };
        desk.Hand(2);

        desk.Fail(desk.Take());

        desk.Results.Values.ShouldAllBe(result => result.Fate == ExportFate.Lost);
        desk.Counters.Lost.ShouldBe(2);
        desk.Outbox.IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Pool_3_5_no_more_items_are_on_their_way_than_allowed()
    {
        var desk = new Desk(WithBatch(size: 10) with { Ordered = false, MaxInFlight = 15 });
        desk.Hand(40);

        desk.Take().Entries.Count.ShouldBe(10);
        var second = desk.Take();
        second.Entries.Count.ShouldBe(5);
        desk.Wait().ShouldBe(Timeout.InfiniteTimeSpan);
        desk.Deliver(second);

        desk.Take().Entries.Count.ShouldBe(5);
    }

    [Fact]
    public void Pool_3_5_no_more_items_go_per_second_than_the_rate_allows()
    {
        var desk = new Desk(WithBatch(size: 10) with { RateLimit = 10 });
        desk.Hand(30);
        desk.Deliver(desk.Take());

        desk.Wait().ShouldBe(TimeSpan.FromMilliseconds(100));
        desk.Clock.Advance(Second);

        desk.Take().Entries.Count.ShouldBe(10);
    }

    [Fact]
    public void What_the_pool_has_not_released_stays()
    {
        var desk = new Desk();
        desk.Outbox.Release(2);
        desk.Hand(4);

        var batch = desk.Take();
        desk.Deliver(batch);

        Desk.Numbers(batch).ShouldBe("1 2");
        desk.Wait().ShouldBe(Timeout.InfiniteTimeSpan);
    }

    [Fact]
    public void Pool_3_7_what_others_have_delivered_is_dropped_from_the_queue()
    {
        var desk = new Desk(WithBatch(size: 1));
        desk.Hand(4);
        desk.Fail(desk.Take());

        desk.Outbox.Relieve(new Relief(3, new HashSet<long> { 2 }));
        desk.Clock.Advance(Second);

        Desk.Numbers(desk.Take()).ShouldBe("2");
    }

    [Fact]
    public void Progress_says_how_far_everything_is_tried_and_done()
    {
        var desk = new Desk(WithBatch(size: 2));
        desk.Hand(6);
        desk.Outbox.Progress().ShouldBe((0, 0));

        desk.Deliver(desk.Take());
        desk.Outbox.Progress().ShouldBe((2, 2));

        desk.Fail(desk.Take());
        desk.Outbox.Progress().ShouldBe((4, 2));
    }

    [Fact]
    public void A_sink_that_answers_the_wrong_number_of_outcomes_has_decided_nothing()
    {
        var desk = new Desk();
        desk.Hand(2);
        var batch = desk.Take();

        desk.Outbox.Ended(new AttemptEnded(batch, [SinkOutcome.Delivered.Silently], Second, WasStopped: false));

        desk.Counters.Sent.ShouldBe(0);
        desk.Wait().ShouldBe(Second);
    }

    private PoolExporterSettings WithBatch(int size = 100, long bytes = 1 << 20, TimeSpan age = default) =>
        _settings with { Batch = new() { Size = size, Bytes = bytes, Age = age } };

    /// <summary>Plays the journal: gives what a gap asks for, a few items at a time.</summary>
    private static void ReadFrom(Desk desk, long last)
    {
        while (desk.Outbox.Ahead.RoomToRead > 0)
        {
            var after = desk.Outbox.Ahead.Gaps.First.After;
            var read = Enumerable.Range(1, 3).Select(step => after + step).Where(order => order <= last);
            desk.Outbox.Ahead.Take([.. read.Select(order => desk.Entry(order, isBacklog: true))]);
        }
    }
}
