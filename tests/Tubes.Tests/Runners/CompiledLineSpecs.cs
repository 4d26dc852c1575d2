using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>After some epochs the calls of a straight line are made by code written for it. Nobody can tell, but by the clock.</summary>
public class CompiledLineSpecs
{
    // By then it surely is.
    private const int Long = 200;

    private const string Mixed = """
        input:
          plus: { scope: process, type: int, default: 5 }
        nodes:
          a: { type: T.Count }
          odd: { type: T.EveryOther, depends: a.value }
          pair: { type: T.Pair, depends: a.value }
          sum: { type: T.Add, depends: [{ left: pair.One }, { right: input.plus }] }
          as_long: { type: T.Same, depends: sum.value }
          again: { type: T.Twice, depends: as_long.value }
          half: { type: T.Half, depends: [{ a: pair.Other }, { b: odd.value }] }
          told: { type: T.Told, depends: [{ value: sum.value }] }
          later: { type: T.Twice, depends: told.value }
          text: { type: T.Text }
          same: { type: T.SameText, depends: text.value }
          g: { type: gather, params: { n: 3 }, depends: again.value }
          r: { type: return, depends: [{ half: half.value }, { odd: odd.value }, { later: later.value }, { same: same.value }, { g: g.value }] }
        """;

    [Fact]
    public void It_gives_what_single_calls_give()
    {
        using var heard = TubeHarness.Of(Mixed);
        var alone = new SyncRunner(TubeHarness.Build(Mixed));

        for (var epoch = 0; epoch < Long; epoch++)
        {
            TubeHarness.Shown(alone.Process()).ShouldBe(TubeHarness.Shown(heard.Process()), $"in epoch {epoch}");
        }
    }

    [Fact]
    public void Events_of_its_last_epoch_are_those_of_single_calls()
    {
        using var heard = TubeHarness.Of(Mixed);
        var alone = new SyncRunner(TubeHarness.Build(Mixed));
        for (var epoch = 0; epoch < Long; epoch++)
        {
            heard.TakeTold();
            heard.Process();
            alone.Process();
        }

        var events = alone.Events;
        events.Select(happened => $"{happened.NodeId}.{happened.Signal}@{happened.Epoch}={TubeHarness.Shown(happened.Value)}")
            .ShouldBe(heard.Told.Where(told => !told.StartsWith("end@", StringComparison.Ordinal)), ignoreOrder: true);
        events.Select(happened => happened.Id).ShouldBeUnique();
        alone.GetEvent("sum", "value")!.Value.ShouldBe(Long - 1 + 5);
        alone.Process();
        alone.GetEvent("sum", "value")!.Value.ShouldBe(Long + 5);
    }

    [Fact]
    public void A_failure_names_node_epoch_and_inputs_and_the_next_call_is_the_next_epoch()
    {
        var runner = new SyncRunner(TubeHarness.Build("""
            nodes:
              a: { type: T.Count }
              b: { type: T.Twice, depends: a.value }
              f: { type: T.FailAt, params: { at: 300 }, depends: [{ value: b.value }] }
              r: { type: return, depends: f.value }
            """));
        Results(runner, 150);

        Should.Throw<InvalidOperationException>(() => runner.Process()).Message.ShouldBe("boom 300");
        runner.LastFailure!.ToString().ShouldBe("test: the node f failed in epoch 150 with value=300: boom 300");
        runner.Process().ShouldBe(302);
    }

    [Theory]
    [InlineData("skip-epoch", "null")]
    [InlineData("disable", "{a:150}")]
    public void A_failure_does_what_the_node_says(string onError, string result)
    {
        var runner = new SyncRunner(TubeHarness.Build($$"""
            nodes:
              a: { type: T.Count }
              f: { type: T.FailAt, params: { at: 150 }, depends: [{ value: a.value }], on-error: {{onError}} }
              r: { type: return, depends: [{ a: a.value }, { f: f.value }] }
            """));
        Results(runner, 150);

        TubeHarness.Shown(runner.Process()).Replace(",f:NoEvent", "", StringComparison.Ordinal).ShouldBe(result);
    }

    [Fact]
    public void A_value_of_the_wrong_type_is_refused_where_it_comes()
    {
        var runner = new SyncRunner(TubeHarness.Build("""
            nodes:
              a: { type: T.Count }
              turns: { type: T.TextFrom, params: { from: 150 }, depends: [{ value: a.value }] }
              b: { type: T.Twice, depends: turns.value }
              r: { type: return, depends: b.value }
            """));
        Results(runner, 150)[^1].ShouldBe(298);

        Should.Throw<SlotValueException>(() => runner.Process()).Message.ShouldContain("Node `b`, slot `value` takes int");
    }

    [Fact]
    public async Task A_cancelled_call_leaves_it_between_two_nodes()
    {
        var runner = new SyncRunner(TubeHarness.Build("""
            nodes:
              a: { type: T.Count }
              b: { type: S.Canceller, depends: a.value }
              c: { type: T.Twice, depends: b.value }
              r: { type: return, depends: c.value }
            """));
        Results(runner, Long);
        using var stop = Canceller.Arm();

        await Should.ThrowAsync<OperationCanceledException>(async () => await runner.ProcessAsync(null, stop.Token));
        runner.GetEvent("b", "value")!.Value.ShouldBe(Long);
        runner.GetEvent("c", "value").ShouldBeNull();
    }

    [Fact]
    public void The_end_of_a_source_is_the_end_of_the_run()
    {
        var runner = new SyncRunner(TubeHarness.Build("""
            nodes:
              a: { type: T.Count, params: { limit: 150 } }
              b: { type: T.Twice, depends: a.value }
              r: { type: return, depends: b.value }
            """));

        runner.Run(Long)!.Count.ShouldBe(150);
    }

    private static List<object?> Results(SyncRunner runner, int epochs) => [.. Enumerable.Range(0, epochs).Select(_ => runner.Process())];
}
