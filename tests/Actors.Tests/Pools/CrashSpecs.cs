using Sluice.Actors.Pools;
using Sluice.Exporters.Sinks;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Tests.Pools;

/// <summary>Exporters that crash, and journals that fail.</summary>
public sealed class CrashSpecs : PoolSpecs
{
    [Fact]
    public async Task Pool_4_1_a_crashed_exporter_loses_nothing_and_is_started_again()
    {
        var journal = new FailingJournal(await Rig.JournalAsync());
        Receiver.Misbehave = Misbehaviour.Status(503);
        var small = Rig.Quick with { ReadAheadBytes = 3000 };
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url, settings: small), Rig.File());
        await pool.SendManyAsync(Values(50)).Within();

        journal.FailReads = true;
        Receiver.Misbehave = null;
        await Deadline.Until(async () => (await pool.GetStatusAsync()).Exporters[0].Restarts > 1);
        await pool.SendAsync(new { value = 51 }).Within();
        journal.FailReads = false;

        await Receiver.Until(51);
        Receiver.Keys.Distinct().ShouldBe(Keys(51));
        Rig.Lines().Length.ShouldBe(51);
        (await pool.GetStatusAsync().Within()).Exporters[1].Restarts.ShouldBe(0);
    }

    [Fact]
    public async Task Pool_2_4_a_journal_that_cannot_be_written_refuses_sends_with_its_reason_and_works_again_by_itself()
    {
        var journal = new FailingJournal(await Rig.JournalAsync());
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.File());
        await pool.SendAsync(1).Within();

        journal.FailWrites = true;
        var refused = await Should.ThrowAsync<SendRefusedException>(() => pool.SendAsync(2).Within());
        journal.FailWrites = false;
        await pool.SendAsync(3).Within();

        refused.Reason.ShouldBe(RefusalReason.JournalFailed);
        refused.Message.ShouldBe("no space");
        Rig.Lines().Length.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_delivered_while_the_journal_could_not_be_written_is_written_down_later_and_not_sent_again()
    {
        var journal = new FailingJournal(await Rig.JournalAsync());
        var pool = Rig.Start(Settings.Pool(), journal, null, Rig.Http(Receiver.Url));
        journal.FailSettlements = true;

        await pool.SendAsync(1).Within();
        journal.FailSettlements = false;
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());

        Receiver.Keys.ShouldBe(["test:1"]);
    }

    [Fact]
    public async Task Pool_4_1_a_sink_that_throws_is_a_sink_that_failed_for_now()
    {
        var pool = await Rig.StartAsync(new PoolExporter(new Throwing(2), Rig.Quick));

        var answer = (SendAnswer.Exported)await pool.SendAsync(1).Within();

        answer.Results.Single().Error.ShouldBe("InvalidOperationException: a bug");
        await Deadline.Until(async () => !await pool.HasUnsentDataAsync());
    }

    [Fact]
    public async Task A_sink_that_blocks_its_thread_blocks_nobody()
    {
        using var blocked = new ManualResetEventSlim();
        var pool = await Rig.StartAsync(
            Settings.Pool() with { WaitForResult = false }, null, new PoolExporter(new Throwing(0, blocked), Rig.Quick), Rig.File());

        await pool.SendAsync(1).Within();
        await Deadline.Until(() => Rig.Lines().Length == 1);
        (await pool.GetStatusAsync().Within()).Exporters[0].State.ShouldBe(ExporterState.Sending);

        blocked.Set();
    }

    /// <summary>A sink with a bug: it throws so many times, or blocks its thread.</summary>
    private sealed class Throwing(int times, ManualResetEventSlim? blocks = null) : ISink
    {
        private int _left = times;

        public string Name => "buggy";

        public ValueTask<IReadOnlyList<SinkOutcome>> SendAsync(IReadOnlyList<SinkItem> items, CancellationToken cancellationToken)
        {
            blocks?.Wait(cancellationToken);
            return _left-- > 0 ? throw new InvalidOperationException("a bug") : ValueTask.FromResult(SinkOutcomes.AllDelivered(items.Count));
        }

        public ValueTask<SinkProbe> ProbeAsync(CancellationToken cancellationToken) => ValueTask.FromResult<SinkProbe>(SinkProbe.Reachable.Instance);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
