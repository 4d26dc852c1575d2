using Sluice.Actors.Pools.Watching;
using Sluice.Journal.Reports;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools.Watching;

public sealed class FillTrendSpecs
{
    private readonly TestClock _clock = new();
    private readonly FillTrend _trend;

    public FillTrendSpecs() => _trend = new FillTrend("test", _clock);

    [Fact]
    public void A_journal_that_fills_up_steadily_is_full_when_its_pace_says()
    {
        After(TimeSpan.Zero, items: 0).ShouldBeNull();

        After(TimeSpan.FromSeconds(10), items: 100).ShouldBe(TimeSpan.FromSeconds(90));
        After(TimeSpan.FromSeconds(10), items: 200).ShouldBe(TimeSpan.FromSeconds(80));
        _trend.FullIn.ShouldBe(TimeSpan.FromSeconds(80));
    }

    [Fact]
    public void The_limit_that_is_reached_first_counts()
    {
        After(TimeSpan.Zero, items: 0, bytes: 0);

        After(TimeSpan.FromSeconds(10), items: 10, bytes: 50_000).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_journal_that_is_worked_off_or_stands_still_or_has_no_limit_does_not_fill_up()
    {
        After(TimeSpan.Zero, items: 500);
        After(TimeSpan.FromSeconds(10), items: 500).ShouldBeNull();
        After(TimeSpan.FromSeconds(10), items: 400).ShouldBeNull();

        var unlimited = new FillTrend("test", _clock);
        unlimited.Observe(Journal(0, 0) with { MaxItems = 0, MaxBytes = 0 });
        _clock.Advance(TimeSpan.FromSeconds(10));
        unlimited.Observe(Journal(1000, 1000) with { MaxItems = 0, MaxBytes = 0 }).ShouldBeNull();
    }

    [Fact]
    public void A_full_journal_is_full_now() => After(TimeSpan.Zero, items: 1000).ShouldBe(TimeSpan.Zero);

    private TimeSpan? After(TimeSpan time, long items, long bytes = 0)
    {
        _clock.Advance(time);
        return _trend.Observe(Journal(items, bytes));
    }

    private static JournalStatus Journal(long items, long bytes) => new()
    {
        Pool = "test",
        LastSequence = items,
        LastPosition = items,
        Items = items,
        Bytes = bytes,
        MaxItems = 1000,
        MaxBytes = 100_000,
        Sinks = new Dictionary<string, SinkStatus>(),
    };
}
