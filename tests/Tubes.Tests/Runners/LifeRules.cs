using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>Section 0 of the specification, and section F: the life of a runner.</summary>
public class LifeRules
{
    private const string Two = """
        assets:
          book: { type: S.Notebook, scope: runner, params: { name: A } }
        nodes:
          c: { type: T.Count }
          x: { type: S.Traced, params: { name: x }, depends: c.value }
          y: { type: S.Traced, params: { name: y }, depends: x.value }
          r: { type: return, depends: y.value }
        """;

    [Fact]
    public void Init_is_done_once_and_rule_0_10_deinit_twice_is_harmless()
    {
        var log = Life.Begin();
        using var tube = TubeHarness.Of(Two);

        tube.Runner.Init();
        tube.Runner.Init();
        tube.Runner.Running.ShouldBeTrue();
        tube.Runner.Deinit();
        tube.Runner.Deinit();
        tube.Runner.Running.ShouldBeFalse();
        log.ShouldBe(["x.init", "y.init", "A.made", "x.deinit", "y.deinit", "A.disposed"]);
    }

    [Fact]
    public void Rule_0_10_a_failing_init_releases_what_was_made_and_leaves_the_runner_not_running()
    {
        var log = Life.Begin();
        using var tube = TubeHarness.Of(Two.Replace("name: A", "name: A, fail: true", StringComparison.Ordinal));

        Should.Throw<Exception>(() => tube.Runner.Init()).Message.ShouldEndWith("A cannot be made");
        tube.Runner.Running.ShouldBeFalse();
        log.ShouldBe(["x.init", "y.init", "A.made", "x.deinit", "y.deinit"]);

        log.Clear();
        using var second = TubeHarness.Of(Two.Replace("name: y", "name: y, fail_init: true", StringComparison.Ordinal));
        Should.Throw<InvalidOperationException>(() => second.Process()).Message.ShouldBe("y cannot start");
        log.ShouldBe(["x.init", "y.init", "x.deinit"]);
    }

    [Fact]
    public void A_failing_deinit_does_not_keep_the_others_from_theirs()
    {
        var log = Life.Begin();
        var tube = TubeHarness.Of(Two.Replace("name: x", "name: x, fail_deinit: true", StringComparison.Ordinal));
        tube.Runner.Init();
        log.Clear();

        Should.Throw<InvalidOperationException>(() => tube.Runner.Deinit()).Message.ShouldBe("x cannot stop");
        log.ShouldBe(["x.deinit", "y.deinit", "A.disposed"]);
        tube.Runner.Running.ShouldBeFalse();
    }

    [Fact]
    public void Run_deinitialises_also_when_the_caller_had_initialised_and_state_goes_on()
    {
        using var tube = TubeHarness.Of(Two);

        tube.Runner.Init();
        tube.Runner.Run(2).ShouldBe([0, 3]);
        tube.Runner.Running.ShouldBeFalse();
        tube.Runner.Run(1).ShouldBe([6]);
        tube.Told[^1].ShouldBe("end@2");
    }

    [Fact]
    public void Run_gives_only_results_that_are_not_null_and_null_when_there_are_none()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Items, params: { items: [0, ~, '', false] } }\n  r: { type: return, depends: a.value }");

        tube.Runner.Run(4).ShouldBe([0L, "", false]);
        tube.Runner.Run(0).ShouldBeNull();
    }

    [Fact]
    public void Rule_0_10_run_without_a_number_gives_nothing_and_ends_when_a_source_ends()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count, params: { limit: 3 } }\n  r: { type: return, depends: a.value }");

        tube.Runner.Run().ShouldBeNull();
        tube.Told.Count(told => told.StartsWith("end", StringComparison.Ordinal)).ShouldBe(3);
    }

    [Fact]
    public void Rule_0_10_max_iter_loops_counts_the_process_calls_for_one_result_the_last_included()
    {
        const string Yaml = "nodes:\n  a: { type: T.Count }\n  g: { type: gather, params: { n: 5 }, depends: a.value }\n  r: { type: return, depends: g.value }";
        using var enough = TubeHarness.Of(Yaml, new RunnerOptions { MaxIterLoops = 5 });
        enough.Runner.Iter(2).Count().ShouldBe(2);

        using var few = TubeHarness.Of(Yaml, new RunnerOptions { MaxIterLoops = 4 });
        Should.Throw<MaxIterLoopsException>(() => few.Runner.Iter(1).ToList()).Message.ShouldStartWith("4 process calls of the tube test gave no result");
        few.Told.Count(told => told.StartsWith("end", StringComparison.Ordinal)).ShouldBe(4);
        few.Runner.Running.ShouldBeFalse();
    }

    [Fact]
    public void Iter_deinitialises_when_the_caller_stops_early()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count }\n  r: { type: return, depends: a.value }");

        tube.Runner.Iter().Take(2).ShouldBe([0, 1]);
        tube.Runner.Running.ShouldBeFalse();
    }

    [Fact]
    public void Iter_without_a_return_gives_one_null_per_epoch()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count }");

        tube.Runner.Iter(2).ShouldBe([null, null]);
    }

    [Fact]
    public async Task Starting_twice_is_refused()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count }\n  b: { type: T.Endless, depends: a.value }");
        using var stop = new CancellationTokenSource();
        var run = tube.Runner.RunAsync(null, stop.Token).AsTask();

        (await Should.ThrowAsync<TubeRunningException>(tube.Runner.ProcessAsync().AsTask())).Message.ShouldContain("already running");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
        tube.Runner.Running.ShouldBeFalse();
    }

    [Fact]
    public void A_disabled_node_is_left_out_until_it_is_enabled_and_epochs_count_from_zero_again()
    {
        var log = Life.Begin();
        using var tube = TubeHarness.Of(Two);
        tube.Process().ShouldBe(0);
        log.Clear();

        tube.Runner.DisableNode("y");
        tube.Runner.DisableNode("y");
        tube.Process().ShouldBeNull();
        tube.Runner.EnableNode("y");
        tube.TakeTold();
        tube.Process().ShouldBe(5);
        tube.Told[0].ShouldBe("c.value@0=2");
        log.ShouldBe(["y.deinit", "x.process", "y.init", "x.process", "y.process"]);
        Should.Throw<UnknownNodeException>(() => tube.Runner.DisableNode("yy")).Message.ShouldBe("The tube test has no node yy. Did you mean c, r, x or y?".Replace("c, r, x or y", "y", StringComparison.Ordinal));
    }

    [Fact]
    public void The_store_keeps_the_events_of_the_last_epoch_and_looks_up_in_those_around()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Range, params: { value: 2 } }
              m: { type: map, depends: a.value }
            """);
        tube.Process();
        tube.Process();

        var root = new Sluice.Tubes.Epochs.Epoch(1);
        tube.Runner.Events.Select(happened => happened.ToString()).ShouldBe(tube.Events.Where(happened => !happened.IsMeta && happened.Epoch.Root == 1).Select(happened => happened.ToString()));
        tube.Runner.GetEvent("a", "value", root.Child("m", 1))!.Epoch.ShouldBe(root);
        tube.Runner.GetEvent("m", "value")!.Value.ShouldBe(1);
        tube.Runner.GetEvent("m", "value", root).ShouldBeNull();
    }

    [Fact]
    public void Rule_0_14_event_ids_are_unique_and_rise_and_timestamps_are_utc()
    {
        using var tube = TubeHarness.Of(Two);
        tube.Process();
        tube.Runner.DisableNode("y");
        tube.Process();

        tube.Events.Select(happened => happened.Id).ShouldBe(tube.Events.Select(happened => happened.Id).Distinct().Order());
        tube.Events.ShouldAllBe(happened => happened.Timestamp.Offset == TimeSpan.Zero);
    }

    [Fact]
    public void Collect_return_takes_what_a_process_call_left()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count }\n  r: { type: return, depends: a.value }");
        tube.Process();

        tube.Runner.CollectReturn().ShouldBeNull();
        tube.Runner.GetContext().RunnerId.ShouldBe(tube.Runner.RunnerId);
        tube.Runner.RunnerId.ShouldMatch("^[0-9a-f]{8}$");
    }

    [Fact]
    public void Synchronous_forms_do_not_deadlock_under_a_context_that_runs_nothing()
    {
        using var tube = TubeHarness.Of("nodes:\n  a: { type: T.Count }\n  b: { type: T.Later, depends: a.value }\n  r: { type: return, depends: b.value }");
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new Stuck());
        try
        {
            tube.Process().ShouldBe(1);
            tube.Runner.Run(1).ShouldBe([2]);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>A context whose thread is busy for ever.</summary>
    private sealed class Stuck : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
