using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Actors.Tubes;

namespace Sluice.Actors.Tests.Tubes;

public class ConcurrencySpecs
{
    [Fact]
    public async Task Independent_nodes_run_at_the_same_time()
    {
        _ = Gate.New(out var gate);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              one: {type: T.Nodes.Block, depends: [{value: count.value}], params: {gate: {{gate}} } }
              other: {type: T.Nodes.Unblock, depends: [{value: count.value}], params: {gate: {{gate}} } }
              return: {type: return, depends: [one.value, other.value]}
            """);

        (await tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline)).ShouldBe(new object?[] { 0, 0 });
    }

    [Fact]
    public async Task A_node_that_was_quick_and_then_blocks_holds_up_nobody_but_itself()
    {
        _ = Gate.New(out var gate);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              one: {type: T.Nodes.Block, depends: [{value: count.value}], params: {gate: {{gate}}, from: 2000} }
              other: {type: T.Nodes.Unblock, depends: [{value: count.value}], params: {gate: {{gate}}, from: 2000} }
              return: {type: return, depends: [one.value, other.value]}
            """);

        var results = await tube.EpochsAsync(2005).WaitAsync(TubeHarness.Deadline);

        results.Count.ShouldBe(2005);
        results[^1].Value.ShouldBe(new object?[] { 2004, 2004 });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_blocks_in_an_epoch_without_the_scheduler_goes_on_with_it(bool isHeard)
    {
        _ = Gate.New(out var gate);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              one: {type: T.Nodes.Block, depends: [{value: count.value}], params: {gate: {{gate}}, from: 500} }
              sum: {type: T.Nodes.Add, depends: [{left: one.value}, {right: count.value}]}
              other: {type: T.Nodes.Unblock, depends: [{value: count.value}], params: {gate: {{gate}}, from: 500} }
              return: {type: return, depends: [{sum: sum.value}, {other: other.value}]}
            """, isHeard: isHeard);

        var results = await tube.EpochsAsync(502).WaitAsync(TubeHarness.Deadline);

        var last = (IReadOnlyDictionary<string, object?>)results[^1].Value!;
        last["sum"].ShouldBe(1002);
        last["other"].ShouldBe(501);
    }

    [Fact]
    public async Task Calls_of_a_stateless_node_in_several_epochs_go_on_at_the_same_time()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              wait: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: {{name}} } }
              return: {type: return, depends: wait.value}
            """, new AsyncRunnerOptions { EpochsInFlight = 4 });

        var run = tube.EpochsAsync(8);
        await gate.ArrivedAsync(4);
        gate.Open(8);

        (await run.WaitAsync(TubeHarness.Deadline)).Select(result => result.Value).ShouldBe(Enumerable.Range(0, 8).Select(value => (object?)value));
    }

    [Fact]
    public async Task A_stateful_node_sees_epochs_in_order_whatever_the_order_of_its_inputs()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              wait: {type: T.Nodes.AwaitOwn, depends: [{value: count.value}], params: {gate: {{name}} } }
              record: {type: T.Recorder, depends: wait.value}
              return: {type: return, depends: record.value}
            """);

        var run = tube.EpochsAsync(4);
        await gate.ArrivedAsync(4);
        foreach (var epoch in new[] { 3, 1, 2, 0 })
        {
            Gate.Of(name + epoch).Open();
        }

        (await run.WaitAsync(TubeHarness.Deadline)).Select(result => result.Value).ShouldBe(["0", "0,1", "0,1,2", "0,1,2,3"]);
    }

    [Fact]
    public async Task A_stateful_node_below_a_map_sees_the_elements_in_order()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            input: {size: {type: int, scope: process} }
            nodes:
              list: {type: T.Nodes.Range, depends: input.size}
              each: {type: map, depends: list.value}
              wait: {type: T.Nodes.AwaitOwn, depends: [{value: each.value}], params: {gate: {{name}} } }
              record: {type: T.Recorder, depends: wait.value}
              all: {type: gather, depends: [{value: record.value}, {n: each.n}]}
              return: {type: return, depends: all.value}
            """);

        var run = tube.Runner.ProcessAsync(new Dictionary<string, object?> { ["size"] = 4 }).AsTask();
        await gate.ArrivedAsync(4);
        foreach (var element in new[] { 2, 3, 0, 1 })
        {
            Gate.Of(name + element).Open();
        }

        (await run.WaitAsync(TubeHarness.Deadline)).ShouldBe(new List<object?> { "0", "0,1", "0,1,2", "0,1,2,3" });
    }

    [Fact]
    public async Task Listeners_hear_of_epochs_in_order_although_later_ones_end_first()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count, params: {limit: 2} }
              wait: {type: T.Nodes.AwaitOwn, depends: [{value: count.value}], params: {gate: {{name}} } }
            """);

        var run = tube.EpochsAsync();
        await gate.ArrivedAsync(2);
        Gate.Of(name + 1).Open();
        Gate.Of(name + 0).Open();
        await run.WaitAsync(TubeHarness.Deadline);

        tube.Told.ShouldBe(["count@0=0", "wait@0=0", "end@0", "count@1=1", "wait@1=1", "end@1"]);
    }

    [Fact]
    public async Task No_more_calls_of_a_node_go_on_at_the_same_time_than_allowed()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            input: {size: {type: int, scope: process} }
            nodes:
              list: {type: T.Nodes.Range, depends: input.size}
              each: {type: map, depends: list.value}
              wait: {type: T.Nodes.Await, depends: [{value: each.value}], params: {gate: {{name}} } }
              all: {type: gather, depends: [{value: wait.value}, {n: each.n}]}
              return: {type: return, depends: all.value}
            """, new AsyncRunnerOptions { CallsPerNode = 3 });

        var run = tube.Runner.ProcessAsync(new Dictionary<string, object?> { ["size"] = 10 }).AsTask();
        for (var element = 0; element < 10; element++)
        {
            await gate.ArrivedAsync();
            gate.Arrivals.ShouldBeLessThanOrEqualTo(element + 3);
            gate.Open();
        }

        (await run.WaitAsync(TubeHarness.Deadline)).ShouldBe(Enumerable.Range(0, 10).Select(value => (object?)value).ToList());
    }
}
