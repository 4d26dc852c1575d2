using Sluice.Actors.Tubes;
using Sluice.Actors.Tubes.Placing;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;

namespace Sluice.Conformance.Tests.Clusters;

/// <summary>A tube whose nodes are spread over the members of a cluster.</summary>
public sealed class ClusterRunnerSpecs
{
    private const string Four = """
        nodes:
          a: { type: T.ClusterNodes.Count }
          b: { type: T.ClusterNodes.Twice, depends: a.value }
          c: { type: T.ClusterNodes.Twice, depends: b.value }
          d: { type: T.ClusterNodes.Add, depends: [left: a.value, right: c.value] }
          r: { type: return, depends: d.value }
        """;

    private const string Summing = """
        nodes:
          a: { type: T.ClusterNodes.Count }
          s: { type: T.RunningSum, depends: [value: a.value], placement: { role: worker } }
          r: { type: return, depends: s.value }
        """;

    [Fact]
    public async Task Nodes_without_state_go_to_the_members_in_turn()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker"));

        (await bench.Run(Four).RunAsync(10))!.ShouldBe(Enumerable.Range(0, 10).Select(index => (object?)(5L * index)));

        bench.Members.Values.Select(member => member.Bound.Count).Order().ShouldBe([1, 2]);
        (bench.CallsOf("a"), bench.CallsOf("b"), bench.CallsOf("c"), bench.CallsOf("d")).ShouldBe((0, 10, 10, 10));
    }

    [Fact]
    public async Task A_node_goes_to_the_role_that_it_asks_for()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker, gpu"));

        await bench.Run(Four.Replace("Twice, depends: a.value", "Twice, depends: a.value, placement: { role: gpu }", StringComparison.Ordinal)).RunAsync(5);

        bench.Members["b"].Calls["b"].ShouldBe(5);
        bench.Members["a"].Calls.ContainsKey("b").ShouldBeFalse();
    }

    [Fact]
    public async Task A_tube_can_keep_all_its_nodes_with_the_runner()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"));

        await bench.Run("placement: local\n" + Four).RunAsync(5);

        bench.Members["a"].Bound.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_role_that_nobody_has_is_said_with_what_to_do()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"));
        var runner = bench.Run(
            Four.Replace("Twice, depends: a.value", "Twice, depends: a.value, placement: { role: gpu }", StringComparison.Ordinal),
            new PlacingOptions { GiveUpAfter = TimeSpan.FromMilliseconds(50), Pause = TimeSpan.FromMilliseconds(10) });

        var failure = await Should.ThrowAsync<NodeElsewhereException>(async () => await runner.RunAsync(1));

        failure.Message.ShouldContain("The node b of the tube test found no member");
        runner.Running.ShouldBeFalse();
    }

    [Fact]
    public async Task A_node_that_cannot_travel_must_not_be_sent_to_a_role()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "gpu"));

        var refusal = Should.Throw<InvalidTubeException>(() => bench.Run("""
            assets: { x: { type: T.KeyedSum, scope: runner } }
            nodes:
              a: { type: T.ClusterNodes.Length, depends: [stream: assets.x], placement: { role: gpu } }
            """));

        refusal.Message.ShouldContain("nodes.a");
        refusal.Message.ShouldContain("it uses an asset");
    }

    [Fact]
    public async Task An_exception_comes_out_as_it_was_thrown()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"));
        var runner = bench.Run("nodes:\n  a: { type: T.ClusterNodes.Count }\n  b: { type: T.ClusterNodes.Fail, depends: a.value }");

        var failure = await Should.ThrowAsync<ArgumentException>(async () => await runner.RunAsync(1));

        failure.Message.ShouldBe("no 0");
        failure.StackTrace!.ShouldContain("ClusterNodes.Fail");
        runner.LastFailure!.ToString().ShouldContain("the node b failed in epoch 0");
        bench.CallsOf("b").ShouldBe(1);
    }

    [Fact]
    public async Task Values_that_cannot_travel_keep_their_node_beside_its_producer()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker"));
        var runner = bench.Run("""
            nodes:
              a: { type: T.ClusterNodes.Count }
              s: { type: T.ClusterNodes.Stream, depends: a.value }
              n: { type: T.ClusterNodes.Length, depends: s.value }
              r: { type: return, depends: n.value }
            """, options: new RunnerOptions());

        (await runner.RunAsync(1))!.ShouldBe([1L]);
        var away = bench.CallsOf("s");
        (await runner.RunAsync(20))!.ShouldAllBe(value => Equals(value, 1L));

        bench.CallsOf("n").ShouldBe(0);
        bench.CallsOf("s").ShouldBe(away);
    }

    [Fact]
    public async Task A_member_that_dies_in_mid_epoch_costs_no_result_and_repeats_none()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker"));
        var gate = Guid.NewGuid().ToString("n");
        var runner = bench.Run($$"""
            nodes:
              a: { type: T.ClusterNodes.Count }
              b: { type: T.ClusterNodes.Wait, depends: [value: a.value], params: { gate: {{gate}}, at: 100 } }
              c: { type: T.ClusterNodes.Wait, depends: [value: b.value], params: { gate: {{gate}}, at: 100 } }
              r: { type: return, depends: c.value }
            """);

        var results = new List<EpochResult>();
        var running = Task.Run(async () =>
        {
            await foreach (var result in runner.EpochsAsync(300))
            {
                results.Add(result);
            }
        });
        await ClusterNodes.Of(ClusterNodes.Arrived, gate).Task.WaitAsync(ClusterBench.Deadline);
        var lost = bench.Members.First(member => member.Value.Calls.ContainsKey("b")).Key;
        bench.Hub.Kill(lost);
        ClusterNodes.Of(ClusterNodes.Gates, gate).TrySetResult();
        await running.WaitAsync(ClusterBench.Deadline);

        results.Select(result => (result.Epoch.Root, (long)result.Value!)).ShouldBe(Enumerable.Range(0, 300).Select(index => ((long)index, (long)index)));
        bench.Members.Single(member => member.Key != lost).Value.Bound.ShouldContain("b");
    }

    [Fact]
    public async Task A_source_that_was_sent_away_goes_on_behind_the_values_it_has_given()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"));
        var runner = bench.Run("nodes:\n  a: { type: T.ClusterNodes.Count, placement: { role: worker } }\n  r: { type: return, depends: a.value }");
        (await runner.ProcessAsync()).ShouldBe(0L);
        (await runner.ProcessAsync()).ShouldBe(1L);

        bench.Hub.Kill("a");
        await bench.AddAsync("b", "worker");

        (await runner.ProcessAsync().AsTask().WaitAsync(ClusterBench.Deadline)).ShouldBe(2L);
        bench.Members["b"].Bound.ShouldBe(["a"]);
    }

    [Fact]
    public async Task The_state_of_a_node_is_made_again_when_its_member_is_lost()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"));
        var runner = bench.Run(Summing);
        await SumsAsync(runner, 0, 1, 3, 6, 10);

        bench.Hub.Kill("a");
        await bench.AddAsync("b", "worker");
        await SumsAsync(runner, 15, 21);
        bench.Members["b"].Calls["s"].ShouldBe(7);

        bench.Hub.Kill("b");
        await bench.AddAsync("c", "worker");
        await SumsAsync(runner, 28);
    }

    [Fact]
    public async Task A_state_that_cannot_be_made_again_fails_the_run_and_is_never_made_up()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"));
        var runner = bench.Run(Summing, new PlacingOptions { KeptCalls = 2 });
        await SumsAsync(runner, 0, 1, 3);

        bench.Hub.Kill("a");
        await bench.AddAsync("b", "worker");

        var failure = await Should.ThrowAsync<NodeElsewhereException>(async () => await runner.RunAsync(1).AsTask().WaitAsync(ClusterBench.Deadline));
        failure.Message.ShouldContain("The node s of the tube test has lost its state with its member, after 3 calls");
        failure.Message.ShouldContain("placement: local");
        (await runner.RunAsync(1).AsTask().WaitAsync(ClusterBench.Deadline))!.ShouldBe([4L], "the next run begins anew");
    }

    [Fact]
    public async Task Values_of_the_nodes_own_types_travel()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker"));
        var runner = bench.Run("""
            nodes:
              a: { type: T.ClusterNodes.Count }
              p: { type: T.ClusterNodes.Make, depends: a.value }
              m: { type: T.ClusterNodes.Move, depends: [place: p.value], params: { by: 10 } }
              t: { type: T.ClusterNodes.Tell, depends: [place: m.Moved, seen: m.Seen] }
              r: { type: return, depends: t.value }
            """);

        (await runner.RunAsync(3))!.ShouldBe(["p0 10 Red 1", "p1 11 Blue 1", "p2 12 Red 1"]);

        (bench.CallsOf("p"), bench.CallsOf("m"), bench.CallsOf("t")).ShouldBe((3, 3, 3));
    }

    [Fact]
    public async Task Partitions_of_a_node_are_spread_and_each_value_always_meets_the_same()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker"), ("c", "worker"));
        var runner = bench.Run("""
            nodes:
              a: { type: T.ClusterNodes.Count }
              k: { type: T.ClusterNodes.Key, depends: a.value, placement: local }
              s: { type: T.KeyedSum, depends: [key: k.value], partition-by: key }
              r: { type: return, depends: s.value }
            """);

        var results = await runner.RunAsync(70);

        results!.ShouldBe(Enumerable.Range(0, 70).Select(index => (object?)((index / 7) + 1L)));
        bench.Members.Values.Count(member => member.Bound.Contains("s")).ShouldBe(3);
        bench.Members.Values.Count(member => member.Calls.GetValueOrDefault("s") > 0).ShouldBeGreaterThan(1);
        bench.CallsOf("s").ShouldBe(70);
    }

    [Fact]
    public async Task Independent_runs_are_spread_over_the_members()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker"));
        for (var run = 0; run < 24; run++)
        {
            await bench.Run("nodes:\n  a: { type: T.ClusterNodes.Count }\n  b: { type: T.ClusterNodes.Twice, depends: a.value }").RunAsync(1);
        }

        bench.CallsOf("b").ShouldBe(24);
        bench.Members.Values.ShouldAllBe(member => member.Calls.GetValueOrDefault("b") > 0);
    }

    [Fact]
    public async Task A_cancelled_run_cancels_the_calls_on_other_members()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"));
        var gate = Guid.NewGuid().ToString("n");
        var runner = bench.Run($$"""
            nodes:
              a: { type: T.ClusterNodes.Count }
              b: { type: T.ClusterNodes.Wait, depends: [value: a.value], params: { gate: {{gate}} } }
            """);
        using var cancel = new CancellationTokenSource();

        var running = runner.RunAsync(1, cancel.Token).AsTask();
        await ClusterNodes.Of(ClusterNodes.Arrived, gate).Task.WaitAsync(ClusterBench.Deadline);
        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running.WaitAsync(ClusterBench.Deadline));
    }

    [Fact]
    public async Task Nodes_on_other_members_end_with_the_tube_they_belong_to()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"));
        var runner = bench.Run(Four);
        await runner.RunAsync(1);
        bench.Members["a"].Living.ShouldBe(3);

        await runner.Tube.DisposeAsync();

        await ClusterBench.UntilAsync(() => bench.Members["a"].Living == 0);
    }

    private static async Task SumsAsync(AsyncRunner runner, params long[] sums)
    {
        foreach (var sum in sums)
        {
            (await runner.ProcessAsync().AsTask().WaitAsync(ClusterBench.Deadline)).ShouldBe(sum);
        }
    }
}
