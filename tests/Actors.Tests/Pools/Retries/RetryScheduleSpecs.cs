using Sluice.Actors.Pools.Retries;
using Sluice.TestKit;

namespace Sluice.Actors.Tests.Pools.Retries;

public sealed class RetryScheduleSpecs
{
    private readonly TestClock _clock = new();
    private readonly RetrySettings _settings = Settings.Exporter().Exact().Retry;

    [Fact]
    public void Waits_grow_by_the_multiplier_up_to_the_maximum()
    {
        var schedule = new RetrySchedule(_settings, _clock, new Random(1));

        var waits = Enumerable.Range(0, 6).Select(_ => Delay(schedule.Failed()).TotalSeconds);

        waits.ShouldBe([1, 2, 4, 8, 10, 10]);
    }

    [Fact]
    public void A_success_begins_anew()
    {
        var schedule = new RetrySchedule(_settings, _clock, new Random(1));
        schedule.Failed();
        schedule.Failed();

        schedule.Succeeded();

        Delay(schedule.Failed()).ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Jitter_moves_each_wait_within_its_share_and_never_past_the_maximum()
    {
        var random = new Random(7);
        var schedule = new RetrySchedule(_settings with { Jitter = 0.5 }, _clock, random);

        var first = Enumerable.Range(0, 200).Select(_ =>
        {
            schedule.Succeeded();
            return Delay(schedule.Failed()).TotalSeconds;
        }).ToArray();
        var later = Enumerable.Range(0, 200).Select(_ => Delay(schedule.Failed()).TotalSeconds).ToArray();

        first.Min().ShouldBeInRange(0.5, 0.6);
        first.Max().ShouldBeInRange(1.4, 1.5);
        later.Max().ShouldBeLessThanOrEqualTo(10);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(0, 1)]
    public void A_longer_wait_that_the_sink_asks_for_is_respected_even_past_the_maximum(int asked, int expected)
    {
        var schedule = new RetrySchedule(_settings, _clock, new Random(1));

        Delay(schedule.Failed(TimeSpan.FromSeconds(asked))).ShouldBe(TimeSpan.FromSeconds(expected));
    }

    [Fact]
    public void By_default_it_never_gives_up()
    {
        var schedule = new RetrySchedule(_settings, _clock, new Random(1));

        for (var attempt = 0; attempt < 10_000; attempt++)
        {
            schedule.Failed().ShouldBeOfType<RetryDecision.TryAgain>();
            _clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public void It_gives_up_after_the_attempts_allowed()
    {
        var schedule = new RetrySchedule(_settings with { MaxAttempts = 3 }, _clock, new Random(1));

        schedule.Failed().ShouldBeOfType<RetryDecision.TryAgain>();
        schedule.Failed().ShouldBeOfType<RetryDecision.TryAgain>();
        schedule.Failed().ShouldBe(new RetryDecision.GiveUp("given up after 3 attempts"));
    }

    [Fact]
    public void It_gives_up_when_the_next_attempt_would_come_after_the_time_allowed()
    {
        var schedule = new RetrySchedule(_settings with { MaxElapsed = TimeSpan.FromSeconds(5) }, _clock, new Random(1));
        schedule.Failed().ShouldBeOfType<RetryDecision.TryAgain>();
        _clock.Advance(TimeSpan.FromSeconds(1));
        schedule.Failed().ShouldBeOfType<RetryDecision.TryAgain>();
        _clock.Advance(TimeSpan.FromSeconds(2));

        schedule.Failed().ShouldBeOfType<RetryDecision.GiveUp>();
    }

    private static TimeSpan Delay(RetryDecision decision) => decision.ShouldBeOfType<RetryDecision.TryAgain>().Delay;
}
