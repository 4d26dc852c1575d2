using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Actors.Tubes;

namespace Sluice.Actors.Tests.Tubes;

public class BackPressureSpecs
{
    [Fact]
    public async Task A_slow_sink_node_bounds_what_the_source_produces()
    {
        var source = Gate.New(out var sourceName);
        var sink = Gate.New(out var sinkName);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count, params: {gate: {{sourceName}} } }
              sink: {type: T.Nodes.Block, stateful: true, depends: [{value: count.value}], params: {gate: {{sinkName}} } }
            """, new AsyncRunnerOptions { EpochsInFlight = 5 });

        var run = tube.EpochsAsync(20);
        for (var epoch = 0; epoch < 20; epoch++)
        {
            await sink.ArrivedAsync();
            source.Arrivals.ShouldBeLessThanOrEqualTo(epoch + 5);
            sink.Open();
        }

        (await run.WaitAsync(TubeHarness.Deadline)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_slow_caller_bounds_what_the_source_produces()
    {
        var source = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count, params: {gate: {{name}} } }
              return: {type: return, depends: count.value}
            """, new AsyncRunnerOptions { EpochsInFlight = 4, ResultsAhead = 6 });

        var taken = 0;
        await foreach (var _ in tube.Runner.EpochsAsync(200))
        {
            taken++;
            source.Arrivals.ShouldBeLessThanOrEqualTo(taken + 10);
        }

        taken.ShouldBe(200);
        source.Arrivals.ShouldBe(200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    public async Task A_run_goes_on_with_every_limit(int epochsInFlight)
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count}
              later: {type: T.Nodes.Later, depends: count.value}
              twice: {type: T.Nodes.Twice, depends: later.value}
              return: {type: return, depends: twice.value}
            """, new AsyncRunnerOptions { EpochsInFlight = epochsInFlight, ResultsAhead = 0 }, isHeard: false);

        var results = await tube.EpochsAsync(1000).WaitAsync(TubeHarness.Deadline);

        results.Select(result => result.Value).ShouldBe(Enumerable.Range(0, 1000).Select(value => (object?)((value + 1) * 2)));
    }
}
