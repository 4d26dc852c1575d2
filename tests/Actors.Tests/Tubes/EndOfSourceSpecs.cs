using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Actors.Tubes;

namespace Sluice.Actors.Tests.Tubes;

public sealed class EndOfSourceSpecs
{
    [Fact]
    public async Task Epochs_that_go_on_when_the_source_ends_have_all_the_time_they_need()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of(
            $$"""
            nodes:
              count: {type: T.Nodes.Count, params: { limit: 3 } }
              slow: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: {{name}}} }
              return: {type: return, depends: slow.value}
            """,
            new AsyncRunnerOptions { ErrorGrace = TimeSpan.FromMilliseconds(1) });

        var run = tube.Runner.RunAsync(10).AsTask();
        await gate.ArrivedAsync(3);

        // The source has ended long before this is over, and so has the time that calls would get after a failure.
        await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        gate.Open(3);

        await TubeHarness.EndedAsync(run);
        (await run).ShouldBe([0, 1, 2]);
        tube.Warnings.ShouldBeEmpty();
    }
}
