using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Tubes;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;

namespace Sluice.Actors.Tests.Tubes;

/// <summary>Every hook of a tube's instrument fires from both runners, with the right data (instruments.md, 1).</summary>
public sealed class HookSpecs
{
    private const string Chain = """
        nodes:
          a: { type: T.Nodes.Count }
          b: { type: T.Nodes.Twice, depends: a.value }
          r: { type: return, depends: b.value }
        """;

    private const string Odd = """
        nodes:
          a: { type: T.Nodes.Count }
          odd: { type: T.Nodes.EveryOther, depends: a.value }
          b: { type: T.Nodes.Twice, depends: odd.value }
        """;

    private const string Failing = """
        nodes:
          a: { type: T.Nodes.Count }
          b: { type: T.Nodes.FailAt, depends: a.value, params: { at: 1 } }
        """;

    public static TheoryData<string> Kinds => ["sync", "async"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnRunStart_fires_when_a_runner_is_initialised(string kind)
    {
        var seen = await Watched.RunAsync(kind, Chain, async runner => await runner.RunAsync(2));

        seen.Of("RunStart").ShouldBe(["test"]);
        seen.All[0].ShouldBe("RunStart test");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnRunEnd_fires_when_it_is_deinitialised(string kind)
    {
        var seen = await Watched.RunAsync(kind, Chain, async runner => await runner.RunAsync(2));

        seen.Of("RunEnd").ShouldBe(["test"]);
        seen.All[^1].ShouldBe("RunEnd test");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnRunEnd_says_what_ended_a_run_that_failed(string kind)
    {
        var seen = await Watched.RunAsync(kind, Failing, async runner => await runner.RunAsync(5));

        seen.Of("RunEnd").ShouldBe(["test boom 1"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnEpochStart_fires_for_epochs_and_the_elements_in_them(string kind)
    {
        var seen = await Watched.RunAsync(kind, """
            nodes:
              a: { type: T.Nodes.Count }
              list: { type: T.Nodes.Range, depends: a.value }
              each: { type: map, depends: list.value }
              b: { type: T.Nodes.Twice, depends: each.value }
            """, async runner => await runner.RunAsync(3));

        seen.Of("EpochStart").ShouldBe(["test 0", "test 1", "test 1/each:0", "test 2", "test 2/each:0", "test 2/each:1"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnEpochEnd_fires_for_elements_before_the_epoch_around_them(string kind)
    {
        var seen = await Watched.RunAsync(kind, """
            nodes:
              a: { type: T.Nodes.Count }
              list: { type: T.Nodes.Range, depends: a.value }
              each: { type: map, depends: list.value }
              b: { type: T.Nodes.Twice, depends: each.value }
            """, async runner =>
        {
            for (var epoch = 0; epoch < 3; epoch++)
            {
                await runner.ProcessAsync();
            }
        });

        seen.Of("EpochEnd").Where(line => line is not ("test 2/each:0" or "test 2/each:1")).ShouldBe(["test 0", "test 1/each:0", "test 1", "test 2"]);
        seen.Of("EpochEnd").Length.ShouldBe(6);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnEpochEnd_says_what_an_epoch_failed_with(string kind)
    {
        var seen = await Watched.RunAsync(kind, Failing, async runner =>
        {
            await runner.ProcessAsync();
            await runner.ProcessAsync();
        });

        seen.Of("EpochEnd").ShouldBe(["test 0", "test 1 boom 1"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeRegistered_fires_for_each_node_that_takes_part(string kind)
    {
        var seen = await Watched.RunAsync(kind, Chain + "\n  off: { type: T.Nodes.Twice, depends: a.value, enabled: false }", async runner => await runner.RunAsync(1));

        seen.Of("NodeRegistered").ShouldBe(["test:a", "test:b", "test:r"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeReady_fires_when_a_node_has_its_inputs(string kind)
    {
        var seen = await Watched.RunAsync(kind, Odd, async runner => await runner.RunAsync(2));

        seen.Of("NodeReady").ShouldBe(["test:a 0", "test:odd 0", "test:a 1", "test:odd 1", "test:b 1"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeStart_fires_before_each_call(string kind)
    {
        var seen = await Watched.RunAsync(kind, Odd, async runner => await runner.RunAsync(2));

        seen.Of("NodeStart").ShouldBe(["test:a 0", "test:odd 0", "test:a 1", "test:odd 1", "test:b 1"], ignoreOrder: true);
        Array.IndexOf(seen.All, "NodeStart test:b 1").ShouldBeGreaterThan(Array.IndexOf(seen.All, "NodeReady test:b 1"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeFinish_fires_after_each_call(string kind)
    {
        var seen = await Watched.RunAsync(kind, Odd, async runner => await runner.RunAsync(2));

        seen.Of("NodeFinish").ShouldBe(["test:a 0", "test:odd 0", "test:a 1", "test:odd 1", "test:b 1"], ignoreOrder: true);
        Array.IndexOf(seen.All, "NodeFinish test:b 1").ShouldBeGreaterThan(Array.IndexOf(seen.All, "NodeStart test:b 1"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeEmitted_fires_for_each_value_with_its_signal_and_epoch(string kind)
    {
        var seen = await Watched.RunAsync(kind, Odd, async runner => await runner.RunAsync(2));

        seen.Of("NodeEmitted").ShouldBe(["test:a.value 0 0", "test:a.value 1 1", "test:odd.value 1 1", "test:b.value 1 2"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeNoEvent_fires_for_a_signal_without_an_event(string kind)
    {
        var seen = await Watched.RunAsync(kind, Odd, async runner => await runner.RunAsync(2));

        seen.Of("NodeNoEvent").ShouldBe(["test:odd.value 0"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeError_fires_with_what_the_code_threw_and_before_the_finish(string kind)
    {
        var seen = await Watched.RunAsync(kind, Failing, async runner => await runner.RunAsync(5));

        seen.Of("NodeError").ShouldBe(["test:b 1 boom 1"]);
        Array.IndexOf(seen.All, "NodeFinish test:b 1 boom 1").ShouldBeGreaterThan(Array.IndexOf(seen.All, "NodeError test:b 1 boom 1"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeError_does_not_fire_for_the_end_of_a_source(string kind)
    {
        var seen = await Watched.RunAsync(kind, Chain.Replace("Count", "Count, params: { limit: 2 }", StringComparison.Ordinal), async runner => await runner.RunAsync());

        seen.Of("NodeError").ShouldBeEmpty();
        seen.Of("NodeFinish").Count(line => line.StartsWith("test:a ", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeEnabled_fires_when_a_node_is_enabled(string kind)
    {
        var seen = await Watched.RunAsync(kind, Chain + "\n  off: { type: T.Nodes.Twice, depends: a.value, enabled: false }", async runner => await runner.EnableNodeAsync("off"));

        seen.Of("NodeEnabled").ShouldBe(["test:off"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeDisabled_fires_when_a_node_is_disabled_by_hand_or_by_its_failure(string kind)
    {
        var seen = await Watched.RunAsync(kind, Failing.Replace("at: 1 }", "at: 1 }, on-error: disable", StringComparison.Ordinal), async runner =>
        {
            await runner.DisableNodeAsync("a");
            await runner.EnableNodeAsync("a");
            await runner.RunAsync(3);
        });

        seen.Of("NodeDisabled").ShouldBe(["test:a", "test:b"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnNodeStalled_fires_with_the_slot_that_a_node_waits_for_while_a_call_goes_on(string kind)
    {
        var gate = Gate.New(out var name);
        var seen = new TubeRecorder();
        using var scope = seen.Enter();
        await using var subject = Watched.Of(kind, $$"""
            nodes:
              a: { type: T.Nodes.Count }
              slow: { type: T.Nodes.Await, depends: a.value, params: { gate: {{name}} } }
              add: { type: T.Nodes.Add, depends: [left: a.value, right: slow.value] }
            """);

        var processing = subject.Runner.ProcessAsync().AsTask();
        await gate.ArrivedAsync();
        await seen.FirstAsync("NodeStalled").WaitAsync(TubeHarness.Deadline);
        gate.Open();
        await processing.WaitAsync(TubeHarness.Deadline);

        seen.Of("NodeStalled").ShouldBe(["test:add 0 right"]);
    }

    [Fact]
    public async Task Instruments_1_OnNodeStalled_fires_for_every_node_of_an_epoch_that_cannot_go_on()
    {
        var seen = new TubeRecorder();
        using var scope = seen.Enter();
        await using var tube = TubeHarness.Build(Chain + "\n  c: { type: T.Nodes.Twice, depends: b.value }");
        await using var runner = new Withholding(tube);

        await Should.ThrowAsync<EpochStalledException>(runner.ProcessAsync().AsTask());

        seen.Of("NodeStalled").ShouldBe(["test:r 0 0", "test:c 0 value"]);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnAssetMade_fires_for_assets_of_each_scope(string kind)
    {
        var seen = await Watched.RunAsync(kind, Leases(), async runner => await runner.RunAsync(1));

        seen.Of("AssetMade").ShouldBe(["test one runner Lease", "test two process Lease", "test three node Lease"], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Instruments_1_OnAssetReleased_fires_when_their_scope_ends(string kind)
    {
        var seen = await Watched.RunAsync(kind, Leases(), async runner => await runner.RunAsync(1));

        seen.Of("AssetReleased").ShouldBe(["test three node Lease", "test two process Lease", "test one runner Lease"]);
    }

    private static string Leases()
    {
        Gate.New(out var gate);
        return $$"""
            assets:
              one: { type: T.Lease, scope: runner, params: { gate: {{gate}} } }
              two: { type: T.Lease, scope: process, params: { gate: {{gate}} } }
              three: { type: T.Lease, scope: node, params: { gate: {{gate}} } }
            nodes:
              a: { type: T.Nodes.Count }
              b: { type: T.Lease.Use, depends: [value: a.value, lease: assets.three] }
            """;
    }

    /// <summary>Keeps one node from being called.</summary>
    private sealed class Withholding(Tube tube) : SyncRunner(tube)
    {
        protected override void FilterReady(List<ReadyNode> ready) => ready.RemoveAll(node => node.Node.Id == "b");
    }
}
