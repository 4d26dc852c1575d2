using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Actors.Tubes;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tests.Tubes;

public class FailureSpecs
{
    [Theory]
    [InlineData("skip-epoch")]
    [InlineData("disable")]
    [InlineData("retry(2)")]
    public async Task A_policy_gives_what_the_synchronous_runner_gives(string policy)
    {
        var text = $$"""
            nodes:
              count: {type: T.Nodes.Count, params: {limit: 12} }
              flaky: {type: T.Flaky, depends: count.value, params: {failures: 2}, on-error: '{{policy}}'}
              twice: {type: T.Nodes.Twice, depends: flaky.value}
              either: {type: T.Nodes.Either, depends: [{one: twice.value}, {other: count.value}]}
              return: {type: return, depends: [{either: either.value}]}
            """;
        await using var sync = new SyncRunner(TubeHarness.Build(text), new RunnerOptions { Warn = _ => { } });
        await using var tube = TubeHarness.Of(text);

        var expected = new List<EpochResult>();
        await foreach (var result in sync.EpochsAsync())
        {
            expected.Add(result);
        }

        var actual = await tube.EpochsAsync().WaitAsync(TubeHarness.Deadline);
        actual.Select(Shown).ShouldBe(expected.Select(Shown));
        actual.Count.ShouldBe(12);
    }

    [Fact]
    public async Task A_skipped_epoch_is_told_with_what_failed()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count, params: {limit: 3}}
              check: {type: T.Nodes.FailAt, depends: [{value: count.value}], params: {at: 1}, on-error: skip-epoch}
              return: {type: return, depends: check.value}
            """);

        var results = await tube.EpochsAsync().WaitAsync(TubeHarness.Deadline);

        results.Select(result => result.Value).ShouldBe([0, null, 2]);
        tube.Warnings.ShouldHaveSingleItem().ShouldBe("test: the node check failed in epoch 1 with value=1: boom 1 The epoch is skipped.");
        tube.Told.Count(told => told == "end@1").ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_is_repeated_too_often_fails_the_run()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count}
              flaky: {type: T.Flaky, depends: count.value, params: {failures: 4}, on-error: 'retry(2, 1ms)'}
              return: {type: return, depends: flaky.value}
            """);

        var thrown = await Should.ThrowAsync<InvalidOperationException>(async () => await tube.Runner.ProcessAsync());
        thrown.Message.ShouldBe("not yet, 0");

        // The fourth failure, then the node gives what came.
        (await tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline)).ShouldBe(1);
    }

    [Fact]
    public async Task Calls_that_go_on_get_time_to_end_before_a_failure_comes_out()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              check: {type: T.Nodes.FailAt, depends: [{value: count.value}], params: {at: 0} }
              slow: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: {{name}} } }
              record: {type: T.Recorder, depends: slow.value}
            """, new AsyncRunnerOptions { ErrorGrace = TubeHarness.Deadline });

        var run = tube.Runner.ProcessAsync().AsTask();
        await gate.ArrivedAsync();
        await TubeHarness.UntilAsync(() => tube.Runner.LastFailure is not null);
        run.IsCompleted.ShouldBeFalse();
        gate.Open();

        (await Should.ThrowAsync<InvalidOperationException>(() => run.WaitAsync(TubeHarness.Deadline))).Message.ShouldBe("boom 0");
        gate.Open();
        await tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline);
        tube.Told.ShouldContain("record@1=1");
    }

    [Fact]
    public async Task A_call_that_never_ends_does_not_keep_a_failure_back_for_ever()
    {
        var (gate, later) = (Gate.New(out var name), Gate.New(out var laterName));
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              stuck: {type: T.Nodes.Block, depends: [{value: count.value}], params: {gate: {{name}} } }
              wait: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: {{laterName}} } }
              check: {type: T.Nodes.FailAt, depends: [{value: wait.value}], params: {at: 0} }
            """, new AsyncRunnerOptions { ErrorGrace = TimeSpan.FromMilliseconds(50) });

        var run = tube.Runner.ProcessAsync().AsTask();
        await gate.ArrivedAsync();
        later.Open();

        (await Should.ThrowAsync<InvalidOperationException>(() => run.WaitAsync(TubeHarness.Deadline))).Message.ShouldBe("boom 0");

        tube.Warnings.ShouldHaveSingleItem().ShouldContain("stuck");
        gate.Open();
    }

    [Fact]
    public async Task The_end_of_a_source_ends_the_run_after_the_epochs_before_it()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count, params: {limit: 3} }
              slow: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: {{name}} } }
              return: {type: return, depends: slow.value}
            """);

        var run = tube.EpochsAsync();
        await gate.ArrivedAsync(3);
        gate.Open(3);

        (await run.WaitAsync(TubeHarness.Deadline)).Select(result => result.Value).ShouldBe([0, 1, 2]);
        tube.Runner.Running.ShouldBeFalse();
    }

    [Fact]
    public async Task Epochs_begun_ahead_of_a_failure_have_never_been()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count}
              later: {type: T.Nodes.Later, depends: count.value}
              check: {type: T.Nodes.FailAt, depends: [{value: later.value}], params: {at: 4}}
              return: {type: return, depends: check.value}
            """);

        await Should.ThrowAsync<InvalidOperationException>(() => tube.EpochsAsync().WaitAsync(TubeHarness.Deadline));

        tube.Runner.NextEpoch.ShouldBe(4);
        tube.Told.ShouldNotContain(told => told.Contains("@4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callback_that_throws_harms_nobody()
    {
        await using var tube = TubeHarness.Of("""
            nodes:
              count: {type: T.Nodes.Count, params: {limit: 2}}
              return: {type: return, depends: count.value}
            """);
        tube.Runner.AddCallback(_ => throw new InvalidOperationException("a listener's own fault"));

        (await tube.EpochsAsync().WaitAsync(TubeHarness.Deadline)).Count.ShouldBe(2);

        tube.Warnings.ShouldHaveSingleItem().ShouldContain("a listener's own fault");
    }

    [Fact]
    public async Task A_runner_does_one_thing_at_a_time()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            nodes:
              count: {type: T.Nodes.Count}
              slow: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: {{name}} } }
            """);

        var run = tube.Runner.ProcessAsync().AsTask();
        await gate.ArrivedAsync();
        await Should.ThrowAsync<TubeRunningException>(async () => await tube.Runner.ProcessAsync());
        gate.Open();
        await run.WaitAsync(TubeHarness.Deadline);
    }

    private static string Shown(EpochResult result) =>
        result.Value is IReadOnlyDictionary<string, object?> named ? $"{result.Epoch}:{string.Join(",", named.Values)}" : $"{result.Epoch}:-";
}
