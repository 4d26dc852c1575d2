using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Scheduling;

/// <summary>What can be called when, with several epochs in flight.</summary>
public class SchedulerSpecs
{
    [Fact]
    public void Stateless_nodes_of_later_epochs_run_ahead_and_stateful_ones_wait_for_their_earlier_call()
    {
        var bench = new Bench("""
            nodes:
              a: { type: T.Never }
              s: { type: T.Same, depends: a.value, stateful: true }
            """);
        bench.Begin();
        bench.Begin();

        bench.Take().ShouldBe(["a@0", "a@1"]);
        bench.Complete("a@1", 1);
        bench.Take().ShouldBeEmpty();
        bench.Complete("a@0", 0);
        bench.Take().ShouldBe(["s@0"]);
        bench.Complete("s@0", 0);
        bench.Take().ShouldBe(["s@1"]);
        bench.Complete("s@1", 1);
        bench.Ended.ShouldBe(["0", "1"]);
    }

    [Fact]
    public void A_skipped_call_lets_the_next_go()
    {
        var bench = new Bench("""
            nodes:
              a: { type: T.Never }
              s: { type: T.Same, depends: a.value, stateful: true }
            """);
        bench.Begin();
        bench.Begin();
        bench.Begin();
        bench.Take();

        bench.Complete("a@2", 2);
        bench.Complete("a@1", NoEvent.Value);
        bench.Ended.ShouldBe(["1"]);
        bench.Complete("a@0", NoEvent.Value);
        bench.Take().ShouldBe(["s@2"]);
    }

    [Fact]
    public void Rule_0_15_stateful_nodes_below_a_map_run_in_the_order_of_elements_and_epochs()
    {
        var bench = new Bench("""
            nodes:
              l: { type: T.Never }
              m: { type: map, depends: l.value }
              x: { type: T.Same, depends: m.value }
              s: { type: T.Same, depends: x.value, stateful: true }
            """);
        bench.Begin();
        bench.Begin();
        bench.Take();
        bench.Complete("l@1", 0);
        bench.Complete("l@0", 0);
        bench.Take().ShouldBe(["m@0", "m@1"]);
        bench.Complete("m@1", new object?[] { 0 }, 1);
        bench.Take().ShouldBe(["x@1/m:0"]);
        bench.Complete("x@1/m:0", 0);
        bench.Complete("m@0", new object?[] { 0, 1, 2 }, 3);
        bench.Take().ShouldBe(["x@0/m:0", "x@0/m:1", "x@0/m:2"]);
        bench.Complete("x@0/m:2", 2);
        bench.Complete("x@0/m:1", NoEvent.Value);
        bench.Take().ShouldBeEmpty();
        bench.Complete("x@0/m:0", 0);
        bench.Take().ShouldBe(["s@0/m:0"]);
        bench.Complete("s@0/m:0", 0);
        bench.Take().ShouldBe(["s@0/m:2"]);
        bench.Complete("s@0/m:2", 0);
        bench.Take().ShouldBe(["s@1/m:0"]);
        bench.Complete("s@1/m:0", 0);
        bench.Ended.ShouldBe(["0/m:1", "0/m:0", "0/m:2", "0", "1/m:0", "1"]);
    }

    [Fact]
    public void A_node_that_shares_a_runner_asset_waits_until_the_earlier_epoch_has_ended()
    {
        var bench = new Bench("""
            assets:
              list: { type: S.Notebooks.NewList, scope: runner }
            nodes:
              a: { type: S.Notebooks.IsNull, depends: [{ asset: assets.list }] }
              b: { type: T.Same, depends: a.value }
            """);
        bench.Begin();
        bench.Begin();

        bench.Take().ShouldBe(["a@0"]);
        bench.Complete("a@0", true);
        bench.Take().ShouldBe(["b@0"]);
        bench.Complete("b@0", true);
        bench.Take().ShouldBe(["a@1"]);
    }

    [Fact]
    public void An_abandoned_epoch_frees_those_behind_it_and_what_completes_late_is_ignored()
    {
        var bench = new Bench("""
            nodes:
              s: { type: T.Never, stateful: true }
              t: { type: T.Same, depends: s.value }
            """);
        bench.Begin();
        bench.Begin();
        bench.Take().ShouldBe(["s@0"]);

        bench.Abandon(0);
        bench.Take().ShouldBe(["s@1"]);
        bench.Complete("s@0", 0);
        bench.Take().ShouldBeEmpty();
        bench.Complete("s@1", 1);
        bench.Take().ShouldBe(["t@1"]);
        bench.Ended.ShouldBeEmpty();
    }

    [Fact]
    public void A_batch_is_in_the_order_of_epochs_and_within_one_of_becoming_ready()
    {
        var bench = new Bench("""
            nodes:
              b: { type: T.Never }
              a: { type: T.Never }
              c: { type: T.Same, depends: a.value }
              d: { type: T.Same, depends: b.value }
            """);
        bench.Begin();
        bench.Begin();

        bench.Take().ShouldBe(["b@0", "a@0", "b@1", "a@1"]);
        bench.Complete("a@1", 0);
        bench.Complete("a@0", 0);
        bench.Complete("b@1", 0);
        bench.Complete("b@0", 0);
        bench.Take().ShouldBe(["c@0", "d@0", "c@1", "d@1"]);
    }

    private sealed class Bench
    {
        private readonly Scheduler _scheduler;
        private readonly Dictionary<string, ReadyNode> _out = [];
        private readonly List<EpochFrame> _roots = [];

        public Bench(string yaml)
        {
            var tube = TubeHarness.Build(yaml);
            _scheduler = new Scheduler(TubePlan.Compile(tube, [.. tube.Nodes.Select(_ => true)]), new EventIds());
        }

        public string[] Ended => [.. _scheduler.Ended.Select(frame => frame.Epoch.ToString())];

        public void Begin() => _roots.Add(_scheduler.Begin([]));

        public void Abandon(int root) => _scheduler.Abandon(_roots[root]);

        public string[] Take()
        {
            var batch = new List<ReadyNode>();
            _scheduler.TakeReady(batch);
            foreach (var ready in batch)
            {
                _out.Add(Name(ready), ready);
            }

            return [.. batch.Select(Name)];
        }

        public void Complete(string call, params object?[] results)
        {
            _out.Remove(call, out var ready).ShouldBeTrue($"{call} was not taken");
            _scheduler.Complete(ready, results, 0, null);
        }

        private static string Name(ReadyNode ready) => $"{ready.Node.Id}@{ready.Frame.Epoch}";
    }
}
