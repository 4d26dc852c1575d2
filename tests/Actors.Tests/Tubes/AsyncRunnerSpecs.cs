using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Tubes.Errors;

namespace Sluice.Actors.Tests.Tubes;

public class AsyncRunnerSpecs
{
    private const string Chain = """
        nodes:
          count: {type: T.Nodes.Count, params: {limit: 100}}
          twice: {type: T.Nodes.Twice, depends: count.value}
          later: {type: T.Nodes.Later, depends: twice.value}
          batch: {type: gather, depends: [{value: later.value}], params: {n: 3}}
          return: {type: return, depends: batch.value}
        """;

    [Fact]
    public async Task Epochs_come_in_order_with_their_results_until_the_source_ends()
    {
        await using var tube = TubeHarness.Of(Chain);

        var results = await tube.EpochsAsync().WaitAsync(TubeHarness.Deadline);

        results.Select(result => result.Epoch.Root).ShouldBe(Enumerable.Range(0, 100).Select(epoch => (long)epoch));
        results.Where(result => result.Value is not null).Select(result => ((List<object?>)result.Value!)[0]).ShouldBe(
            Enumerable.Range(0, 33).Select(batch => (object?)(batch * 6 + 1)));
        tube.Runner.Running.ShouldBeFalse();
    }

    [Fact]
    public async Task A_process_call_runs_one_epoch()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count}
              add: {type: T.Nodes.Add, depends: [{left: count.value}, {right: count.value}]}
              return: {type: return, depends: add.value}
            """);

        var results = new List<object?>();
        for (var call = 0; call < 5; call++)
        {
            results.Add(await tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline));
        }

        results.ShouldBe([0, 2, 4, 6, 8]);
        tube.Told[..4].ShouldBe(["count@0=0", "add@0=0", "return@0=NoEvent", "end@0"]);
    }

    [Fact]
    public async Task A_node_s_own_exception_comes_out_with_its_stack_after_the_results_of_earlier_epochs()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count}
              check: {type: T.Nodes.FailAt, depends: [{value: count.value}], params: {at: 3}}
              return: {type: return, depends: check.value}
            """);

        var results = new List<object?>();
        var thrown = await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var result in tube.Runner.EpochsAsync().WithCancellation(new CancellationTokenSource(TubeHarness.Deadline).Token))
            {
                results.Add(result.Value);
            }
        });

        results.ShouldBe([0, 1, 2]);
        thrown.Message.ShouldBe("boom 3");
        thrown.StackTrace.ShouldNotBeNull().ShouldContain(nameof(Nodes.FailAt));
        tube.Runner.LastFailure.ShouldNotBeNull().Node.ShouldBe("check");
        tube.Runner.LastFailure.Epoch.Root.ShouldBe(3);
    }

    [Fact]
    public async Task A_failed_epoch_does_not_harm_later_process_calls()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count}
              check: {type: T.Nodes.FailAt, depends: [{value: count.value}], params: {at: 1}}
              return: {type: return, depends: check.value}
            """);

        (await tube.Runner.ProcessAsync()).ShouldBe(0);
        await Should.ThrowAsync<InvalidOperationException>(async () => await tube.Runner.ProcessAsync());
        (await tube.Runner.ProcessAsync()).ShouldBe(2);

        tube.Told.ShouldContain("return@2=NoEvent");
    }

    [Fact]
    public async Task The_end_of_a_source_comes_out_of_a_process_call()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count, params: {limit: 1}}
              return: {type: return, depends: count.value}
            """);

        (await tube.Runner.ProcessAsync()).ShouldBe(0);
        await Should.ThrowAsync<EndOfSourceException>(async () => await tube.Runner.ProcessAsync());
    }
}
