using Sluice.Actors.Pools.Watching;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools.Watching;

public sealed class DebtTrendSpecs
{
    private readonly TestClock _clock = new();
    private readonly DebtTrend _trend;

    public DebtTrendSpecs() => _trend = new DebtTrend(_clock);

    [Fact]
    public void Without_debt_nothing_stalls_and_nothing_drains()
    {
        After(TimeSpan.FromHours(1), moved: 0, owed: 0);

        (_trend.NoProgressFor, _trend.DrainsIn).ShouldBe((null, null));
    }

    [Fact]
    public void A_debt_that_only_grows_makes_no_progress()
    {
        After(TimeSpan.Zero, moved: 7, owed: 0);
        After(TimeSpan.FromMinutes(1), moved: 7, owed: 10);
        After(TimeSpan.FromMinutes(2), moved: 7, owed: 20);

        _trend.NoProgressFor.ShouldBe(TimeSpan.FromMinutes(2));
        _trend.DrainsIn.ShouldBeNull();
    }

    [Fact]
    public void One_item_that_moves_is_progress_however_much_is_owed()
    {
        After(TimeSpan.Zero, moved: 0, owed: 1000);
        After(TimeSpan.FromMinutes(9), moved: 1, owed: 2000);

        _trend.NoProgressFor.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void Between_looks_the_time_goes_on()
    {
        After(TimeSpan.Zero, moved: 0, owed: 1);

        _clock.Advance(TimeSpan.FromSeconds(30));

        _trend.NoProgressFor.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_debt_that_shrinks_steadily_ends_when_its_pace_says()
    {
        After(TimeSpan.Zero, moved: 0, owed: 1000);
        After(TimeSpan.FromSeconds(10), moved: 100, owed: 900);
        After(TimeSpan.FromSeconds(10), moved: 200, owed: 800);

        _trend.DrainsIn.ShouldBe(TimeSpan.FromSeconds(80));
    }

    [Fact]
    public void Looks_in_quick_succession_do_not_upset_the_pace()
    {
        After(TimeSpan.Zero, moved: 0, owed: 1000);
        After(TimeSpan.FromSeconds(10), moved: 100, owed: 900);
        After(TimeSpan.FromMilliseconds(1), moved: 200, owed: 800);

        _trend.DrainsIn.ShouldBe(TimeSpan.FromSeconds(80));
    }

    private void After(TimeSpan time, long moved, long owed)
    {
        _clock.Advance(time);
        _trend.Observe(moved, owed);
    }
}
