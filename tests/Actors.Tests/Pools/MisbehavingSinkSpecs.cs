using Microsoft.AspNetCore.Http;
using Sluice.Actors.Pools;
using Sluice.Messages.Pools;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools;

/// <summary>Sinks that are slow, dead, picky or overloaded.</summary>
public sealed class MisbehavingSinkSpecs : PoolSpecs
{
    [Fact]
    public async Task Pool_3_1_a_sink_that_never_answers_does_not_delay_the_others()
    {
        Receiver.Misbehave = Misbehaviour.Never();
        var pool = await Rig.StartAsync(Settings.Pool() with { WaitForResult = false }, null, Rig.Http(Receiver.Url), Rig.File());

        await pool.SendManyAsync(Values(200)).Within();
        await Deadline.Until(() => Rig.Lines().Length == 200);

        Receiver.Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pool_3_1_an_attempt_that_takes_too_long_has_failed_and_is_made_again()
    {
        var clock = new TestClock();
        var hangs = Misbehaviour.Never();
        var first = 1;
        var isHanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Receiver.Misbehave = (context, lines) => Interlocked.Exchange(ref first, 0) == 1 ? HangAsync(context, lines) : Task.FromResult(false);
        var impatient = Rig.Quick with { Timeout = TimeSpan.FromSeconds(2) };
        var pool = await Rig.StartAsync(Settings.Pool(), new PoolParts { Time = clock }, Rig.Http(Receiver.Url, settings: impatient));

        var sending = pool.SendAsync(1);
        await isHanging.Task.Within();
        clock.Advance(impatient.Timeout);
        var answer = (SendAnswer.Exported)await sending.Within();
        clock.Advance(impatient.Retry.MaxInterval);
        await Receiver.Until(1);

        answer.Results.Single().Error.ShouldBe("No answer within 00:00:02.");
        Receiver.Keys.ShouldBe(["test:1"]);

        Task<bool> HangAsync(HttpContext context, string[] lines)
        {
            isHanging.SetResult();
            return hangs(context, lines);
        }
    }

    [Fact]
    public async Task Pool_3_2_a_dead_sink_costs_one_attempt_at_a_time_and_all_arrives_in_order_when_it_is_back()
    {
        Receiver.Misbehave = Misbehaviour.Reset();
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(100)).Within();
        await Deadline.Until(async () => (await pool.GetStatusAsync()).Exporters[0].State is ExporterState.CircuitOpen);

        Receiver.Misbehave = null;
        await Receiver.Until(100);

        Receiver.Keys.ShouldBe(Keys(100));
    }

    [Fact]
    public async Task Pool_3_3_an_item_the_sink_will_never_take_is_a_dead_letter_and_the_others_go_on()
    {
        Receiver.Misbehave = Misbehaviour.Status(422, lines => lines.Any(line => line.Contains("\"value\":7", StringComparison.Ordinal)));
        var journal = await Rig.JournalAsync();
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url));

        var answers = await pool.SendManyAsync(Values(9)).Within();

        Receiver.Items.Count.ShouldBe(8);
        ((SendAnswer.Exported)answers[6]).Results.Single().Fate.ShouldBe(ExportFate.DeadLettered);
        await Deadline.Until(() => journal.Status.Sinks["http"].Dead == 1);
        var dead = (await journal.ReadDeadLettersAsync(Journal.DeadLetters.DeadLetterFilter.Everything, 0, 10, default)).Single();
        dead.Key.ToString().ShouldBe("test:7");
        dead.Error.ShouldContain("422");
    }

    [Fact]
    public async Task Pool_3_4_a_batch_that_fails_because_of_one_item_is_split_until_it_is_found()
    {
        Receiver.Misbehave = Misbehaviour.Status(400, lines => lines.Any(line => line.Contains("\"value\":33}", StringComparison.Ordinal)));
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url));

        await pool.SendManyAsync(Values(64)).Within();

        Receiver.Keys.ShouldBe(Keys(32).Concat(Keys(31, from: 34)));
        Receiver.Requests.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task Pool_3_6_what_is_unknown_is_transient()
    {
        Receiver.Misbehave = Misbehaviour.Status(599);
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url));
        await pool.SendAsync(1).Within();

        Receiver.Misbehave = null;
        await Receiver.Until(1);

        (await pool.GetStatusAsync().Within()).Exporters[0].DeadLettered.ShouldBe(0);
    }

    [Fact]
    public async Task Pool_3_2_retry_after_is_respected()
    {
        Receiver.Misbehave = Misbehaviour.Status(503, retryAfter: "3600");
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url));

        await pool.SendAsync(1).Within();

        var exporter = (await pool.GetStatusAsync().Within()).Exporters.Single();
        exporter.State.ShouldBe(ExporterState.BackingOff);
        exporter.NextRetry.ShouldNotBeNull().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(50));
    }

    [Fact]
    public async Task Pool_2_3_memory_is_bounded_whatever_the_backlog_and_the_backlog_is_delivered_from_the_journal_in_order()
    {
        Receiver.Misbehave = Misbehaviour.Status(503);
        var small = Rig.Quick with { ReadAheadBytes = 20_000 };
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url, settings: small));
        for (var round = 0; round < 10; round++)
        {
            await pool.SendManyAsync(Values(200, from: 1 + (round * 200))).Within();
            (await pool.GetStatusAsync().Within()).Exporters[0].BytesInMemory.ShouldBeLessThanOrEqualTo(20_000);
        }

        Receiver.Misbehave = null;
        await Receiver.Until(2000);

        Receiver.Keys.ShouldBe(Keys(2000));
    }

    [Fact]
    public async Task Pool_3_5_an_unordered_exporter_sends_several_batches_at_once()
    {
        var together = new Meeting(3);
        Receiver.Misbehave = async (_, _) =>
        {
            await together.ArriveAsync();
            return false;
        };
        var wide = Rig.Quick with { Ordered = false, Batch = Rig.Quick.Batch with { Size = 1 }, Concurrency = Rig.Quick.Concurrency with { Batches = 3 } };
        var pool = await Rig.StartAsync(Rig.Http(Receiver.Url, settings: wide));

        await pool.SendManyAsync(Values(3)).Within();

        Receiver.Keys.Order().ShouldBe(Keys(3));
    }

    [Fact]
    public async Task Pool_2_2_ten_kinds_of_trouble_lose_and_reorder_nothing()
    {
        var random = new Random(20261121);
        var reset = Misbehaviour.Reset();
        Receiver.Misbehave = (context, lines) => random.Next(5) switch
        {
            0 => reset(context, lines),
            1 => Misbehaviour.Status(500 + random.Next(5))(context, lines),
            2 => Misbehaviour.Status(429, retryAfter: "0")(context, lines),
            _ => Task.FromResult(false),
        };
        var bumpy = Rig.Quick with { Batch = Rig.Quick.Batch with { Size = 7 }, Circuit = Rig.Quick.Circuit with { OpenFor = TimeSpan.FromMilliseconds(5) } };
        var pool = await Rig.StartAsync(Rig.File(), Rig.Http(Receiver.Url, settings: bumpy));

        for (var round = 0; round < 20; round++)
        {
            await pool.SendManyAsync(Values(20, from: 1 + (round * 20))).Within();
        }

        await Receiver.Until(400);
        Receiver.Keys.Distinct().ShouldBe(Keys(400));
        (await pool.DrainAsync(Deadline.Length).Within()).ShouldBe(new Drained(0, 0));
    }

    [Fact]
    public async Task Pool_5_3_a_redriven_dead_letter_is_delivered_under_its_old_key()
    {
        Receiver.Misbehave = Misbehaviour.Status(422, lines => lines.Any(line => line.Contains("\"value\":2}", StringComparison.Ordinal)));
        var journal = await Rig.JournalAsync();
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url));
        await pool.SendManyAsync(Values(3)).Within();
        await Deadline.Until(() => journal.Status.Sinks["http"].Dead == 1);
        var dead = (await journal.ReadDeadLettersAsync(Journal.DeadLetters.DeadLetterFilter.Everything, 0, 10, default)).Single();

        Receiver.Misbehave = null;
        (await journal.RedriveAsync([dead.Id], default)).ShouldBe(1);
        (await pool.SendUnsentDataAsync().Within()).Single().Delivered.ShouldBe(1);

        Receiver.Keys.ShouldBe(["test:1", "test:3", "test:2"]);
        journal.Status.Sinks["http"].Dead.ShouldBe(0);
        journal.Status.Sinks["http"].Balances.ShouldBeTrue();
    }
}
