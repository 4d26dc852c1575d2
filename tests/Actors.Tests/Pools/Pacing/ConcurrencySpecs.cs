using Sluice.Actors.Pools.Pacing;

namespace Sluice.Actors.Tests.Pools.Pacing;

public sealed class ConcurrencySpecs
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private readonly ConcurrencySettings _adaptive = new()
    {
        Batches = 4,
        Adaptive = true,
        TargetLatency = TimeSpan.FromMilliseconds(500),
        MaxBatches = 6,
    };

    [Fact]
    public void Pool_3_9_it_rises_by_one_after_a_round_of_fast_answers_up_to_its_maximum()
    {
        var concurrency = new Concurrency(_adaptive);

        Answer(concurrency, 3, Fast);
        concurrency.Limit.ShouldBe(4);
        Answer(concurrency, 1, Fast);
        concurrency.Limit.ShouldBe(5);
        Answer(concurrency, 100, Fast);
        concurrency.Limit.ShouldBe(6);
    }

    [Fact]
    public void Pool_3_9_a_slow_answer_halves_it_once_per_round()
    {
        var concurrency = new Concurrency(_adaptive);

        Answer(concurrency, 4, Slow);

        concurrency.Limit.ShouldBe(2);
    }

    [Fact]
    public void Pool_3_9_a_failure_halves_it_however_fast_it_came_and_one_is_the_least()
    {
        var concurrency = new Concurrency(_adaptive);

        for (var round = 0; round < 20; round++)
        {
            concurrency.Answered(Fast, succeeded: false);
        }

        concurrency.Limit.ShouldBe(1);
    }

    [Fact]
    public void A_fixed_number_stays()
    {
        var concurrency = new Concurrency(_adaptive with { Adaptive = false });

        Answer(concurrency, 50, Slow);

        concurrency.Limit.ShouldBe(4);
    }

    private static void Answer(Concurrency concurrency, int times, TimeSpan latency)
    {
        for (var answer = 0; answer < times; answer++)
        {
            concurrency.Answered(latency, succeeded: true);
        }
    }
}
