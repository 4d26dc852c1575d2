using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Scheduling;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>Section 0 of the specification: what goes wrong ends well.</summary>
public class FailureRules
{
    private const string FailsAtOne = """
        assets:
          p: { type: S.Notebook, scope: process, params: { name: P } }
        nodes:
          a: { type: T.Count }
          f: { type: T.FailAt, params: { at: 1 }, depends: [{ value: a.value }] }
          b: { type: T.Same, depends: a.value }
          r: { type: return, depends: f.value }
        """;

    [Fact]
    public void Rule_0_4_an_epoch_that_cannot_go_on_fails_at_once_and_says_who_waits_for_what()
    {
        var runner = new Picky(TubeHarness.Build("""
            nodes:
              a: { type: T.Count }
              skipped: { type: T.Twice, depends: a.value }
              b: { type: T.Half, depends: [{ a: skipped.value }, { b: a.value }] }
            """));

        var stalled = Should.Throw<EpochStalledException>(() => runner.Process());
        stalled.Message.ShouldContain("skipped (epoch 0) was taken, but not called or not completed");
        stalled.Message.ShouldContain("b (epoch 0) waits for slot a from skipped.value");
        Should.Throw<EpochStalledException>(() => runner.Process()).Message.ShouldContain("Epoch 1");
    }

    [Fact]
    public void Rule_0_5_a_failed_process_ends_its_epoch_and_the_next_call_is_the_next_epoch()
    {
        var log = Life.Begin();
        using var tube = TubeHarness.Of(FailsAtOne);

        tube.Process().ShouldBe(0);
        tube.TakeTold();
        Should.Throw<InvalidOperationException>(() => tube.Process()).Message.ShouldBe("boom 1");
        tube.TakeTold().ShouldBe(["a.value@1=1"]);
        tube.Process().ShouldBe(2);
        tube.TakeTold()[0].ShouldBe("a.value@2=2");
        log.ShouldBe(["P.made", "P.disposed", "P.made", "P.disposed", "P.made", "P.disposed"]);
    }

    [Fact]
    public void Rule_0_5_node_scoped_assets_of_a_failed_call_are_released()
    {
        var log = Life.Begin();
        using var tube = TubeHarness.Of("""
            assets:
              n: { type: S.Notebook, scope: node, params: { name: N } }
            nodes:
              f: { type: S.Notebooks.Fail, params: { value: 1 }, depends: [{ book: assets.n }] }
            """);

        Should.Throw<InvalidOperationException>(() => tube.Process());
        log.ShouldBe(["N.made", "N.disposed"]);
    }

    [Fact]
    public void A_failure_is_told_with_node_epoch_inputs_and_cause()
    {
        using var tube = TubeHarness.Of(FailsAtOne);

        tube.Process();
        Should.Throw<InvalidOperationException>(() => tube.Process());
        tube.Runner.LastFailure!.ToString().ShouldBe("test: the node f failed in epoch 1 with value=1: boom 1");
    }

    [Fact]
    public void Rule_0_5_a_throwing_callback_is_told_of_and_left_out_but_harms_nothing()
    {
        var warnings = new List<string>();
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count }\n  r: { type: return, depends: a.value }", new RunnerOptions { Warn = warnings.Add });
        var calls = 0;
        tube.Runner.AddCallback(_ => throw new InvalidOperationException($"call {++calls}"));

        tube.Process().ShouldBe(0);
        tube.Process().ShouldBe(1);
        calls.ShouldBe(1);
        warnings.ShouldHaveSingleItem().ShouldContain("call 1");
        tube.Told.Length.ShouldBe(6);

        tube.Runner.Deinit();
        tube.Process();
        calls.ShouldBe(2);
    }

    [Fact]
    public void A_source_that_ends_ends_a_run_quietly_and_a_process_call_loudly()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count, params: { limit: 2 } }\n  r: { type: return, depends: a.value }");

        tube.Runner.Run(5).ShouldBe([0, 1]);
        Should.Throw<EndOfSourceException>(() => tube.Process());
    }

    [Fact]
    public void On_error_skip_epoch_ends_the_epoch_without_a_result()
    {
        using var tube = TubeHarness.Of(FailsAtOne.Replace("nodes:", "on-error: skip-epoch\nnodes:", StringComparison.Ordinal));

        tube.Runner.Run(4).ShouldBe([0, 2, 3]);
        tube.Told.ShouldContain("end@1");
        tube.Told.ShouldNotContain("b.value@1=1");
    }

    [Fact]
    public void On_error_retry_calls_again_and_gives_up_after_so_many_times()
    {
        using var saved = TubeHarness.Of("nodes:\n  f: { type: S.Flaky, params: { failures: 2 }, on-error: retry(2) }\n  r: { type: return, depends: f.value }");
        saved.Process().ShouldBe(3);

        using var lost = TubeHarness.Of("nodes:\n  f: { type: S.Flaky, params: { failures: 3 }, on-error: retry(2) }\n  r: { type: return, depends: f.value }");
        Should.Throw<InvalidOperationException>(() => lost.Process()).Message.ShouldBe("attempt 3");
        lost.Process().ShouldBe(4);
    }

    [Fact]
    public void On_error_disable_leaves_the_node_out_from_then_on()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Count }
              f: { type: T.FailAt, params: { at: 1 }, depends: [{ value: a.value }], on-error: disable }
              s: { type: T.Show, depends: [{ a: a.value }, { b: f.value }] }
            """);

        tube.Runner.Run(3);
        tube.Told.ShouldBe([
            "a.value@0=0", "f.value@0=0", "s.value@0=a=0 b=0", "end@0",
            "a.value@1=1", "f.value@1=NoEvent", "s.value@1=a=1 b=-", "end@1",
            "a.value@2=2", "s.value@2=a=2 b=-", "end@2",
        ]);
    }

    [Fact]
    public async Task A_cancelled_process_call_ends_its_epoch()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count }\n  b: { type: T.Endless, depends: a.value }");
        using var stop = new CancellationTokenSource();
        var call = tube.Runner.ProcessAsync(null, stop.Token).AsTask();

        call.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        tube.Runner.LastFailure.ShouldBeNull();
    }

    private sealed class Picky(Tube tube) : SyncRunner(tube)
    {
        protected internal override void FilterReady(List<ReadyNode> ready) => ready.RemoveAll(node => node.Node.Id == "skipped");
    }
}
