using Sluice.Journal.Contract;
using Sluice.Journal.Memory;

namespace Sluice.Journal.Tests;

/// <summary>Retention in a journal that nobody touches.</summary>
public sealed class RetentionSpecs
{
    [Fact]
    public async Task Pool_5_4_a_dead_letter_leaves_when_its_age_is_over_though_nothing_else_happens()
    {
        var clock = new HandTimer();
        var settings = TestSettings.In("") with { DeadLetterAge = TimeSpan.FromDays(1) };
        await using var journal = await MemoryJournal.OpenAsync(settings, "pool", clock);
        await journal.AddSinks("a");
        await journal.Append("1");
        await journal.Bury("a", 1);

        clock.Go(TimeSpan.FromHours(23));
        await journal.ReserveSequencesAsync(1, CancellationToken.None);
        var before = journal.Status.Sinks["a"].Dead;
        clock.Go(TimeSpan.FromHours(2));
        while (journal.Status.Sinks["a"].Dead > 0)
        {
            await journal.ReserveSequencesAsync(1, CancellationToken.None);
        }

        before.ShouldBe(1);
        journal.Status.Sinks["a"].Dropped["retention"].ShouldBe(1);
        clock.Period.ShouldBe(TimeSpan.FromHours(1));
    }

    /// <summary>A clock with one timer, which fires whenever the time is moved.</summary>
    private sealed class HandTimer : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        private Action _fire = () => { };

        public TimeSpan Period { get; private set; }

        public override DateTimeOffset GetUtcNow() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_fire, Period) = (() => callback(state), period);
            return new Idle();
        }

        public void Go(TimeSpan by)
        {
            _now += by;
            _fire();
        }

        private sealed class Idle : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
