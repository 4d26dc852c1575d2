using Sluice.Actors.Pools.Pacing;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools.Pacing;

public sealed class RateLimitSpecs
{
    private readonly TestClock _clock = new();

    [Fact]
    public void One_seconds_worth_goes_at_once_and_then_the_average_holds()
    {
        var limit = new RateLimit(100, _clock);
        limit.Take(100);

        limit.Wait(1).ShouldBe(TimeSpan.FromMilliseconds(10));
        limit.Wait(50).ShouldBe(TimeSpan.FromMilliseconds(500));
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        limit.Wait(50).ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_batch_larger_than_the_bucket_leaves_a_debt_that_the_next_ones_pay()
    {
        var limit = new RateLimit(10, _clock);

        limit.Wait(30).ShouldBe(TimeSpan.Zero);
        limit.Take(30);

        limit.Wait(1).ShouldBe(TimeSpan.FromSeconds(2.1));
    }

    [Fact]
    public void Over_a_long_time_no_more_goes_than_the_rate_allows()
    {
        var limit = new RateLimit(50, _clock);
        var sent = 0;

        for (var step = 0; step < 1000; step++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(10));
            while (limit.Wait(7) == TimeSpan.Zero)
            {
                limit.Take(7);
                sent += 7;
            }
        }

        sent.ShouldBeInRange(490, 550);
    }

    [Fact]
    public void Without_a_limit_nothing_waits()
    {
        var limit = new RateLimit(0, _clock);
        limit.Take(1_000_000);

        limit.Wait(1_000_000).ShouldBe(TimeSpan.Zero);
    }
}
