using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Actors.Tubes;

namespace Sluice.Actors.Tests.Tubes;

public class CancellationSpecs
{
    [Theory]
    [InlineData("T.Nodes.Block", 0)]
    [InlineData("T.Nodes.Block", 700)]
    public async Task A_node_that_hangs_does_not_keep_the_caller_and_is_named(string type, int from)
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              stuck: {type: {{type}}, depends: [{value: count.value}], params: {gate: {{name}}, from: {{from}} } }
              return: {type: return, depends: stuck.value}
            """, isHeard: false);
        using var cancel = new CancellationTokenSource();

        var run = tube.EpochsAsync(null, cancel.Token);
        await gate.ArrivedAsync();
        await cancel.CancelAsync();
        var thrown = (await Record.ExceptionAsync(() => TubeHarness.EndedAsync(run))).ShouldBeAssignableTo<OperationCanceledException>().ShouldNotBeNull();

        thrown.CancellationToken.ShouldBe(cancel.Token);
        thrown.Message.ShouldContain("stuck");
        tube.Warnings.ShouldHaveSingleItem().ShouldContain("stuck");
        tube.Runner.Running.ShouldBeFalse();
        gate.Open(gate.Arrivals);
    }

    [Fact]
    public async Task A_node_that_watches_its_token_stops_and_nobody_is_named()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              wait: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: {{name}} } }
            """, new AsyncRunnerOptions { CancelGrace = TubeHarness.Deadline });
        using var cancel = new CancellationTokenSource();

        var run = tube.Runner.ProcessAsync(null, cancel.Token).AsTask();
        await gate.ArrivedAsync();
        await cancel.CancelAsync();
        var thrown = (await Record.ExceptionAsync(() => TubeHarness.EndedAsync(run))).ShouldBeAssignableTo<OperationCanceledException>().ShouldNotBeNull();

        thrown.CancellationToken.ShouldBe(cancel.Token);
        tube.Warnings.ShouldBeEmpty();
        tube.Runner.LastFailure.ShouldBeNull();
    }

    [Fact]
    public async Task A_run_can_be_cancelled_while_all_nodes_are_quick()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count}
              twice: {type: T.Nodes.Twice, depends: count.value}
            """, isHeard: false);
        using var cancel = new CancellationTokenSource();

        var epochs = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in tube.Runner.EpochsAsync(null, cancel.Token))
            {
                if (++epochs == 3000)
                {
                    await cancel.CancelAsync();
                }
            }
        });

        (await tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline)).ShouldBeNull();
    }

    [Fact]
    public async Task A_caller_that_stops_early_ends_the_run()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count, params: {gate: {{name}} } }
              return: {type: return, depends: count.value}
            """, isHeard: false);

        await foreach (var result in tube.Runner.EpochsAsync())
        {
            if (result.Epoch.Root == 500)
            {
                break;
            }
        }

        tube.Runner.Running.ShouldBeFalse();
        var produced = gate.Arrivals;
        (await tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline)).ShouldBe(produced);
    }
}
