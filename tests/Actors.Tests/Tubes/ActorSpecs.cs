using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Errors;

namespace Sluice.Actors.Tests.Tubes;

public class ActorSpecs
{
    private const string Slow = """
        nodes:
          count: {type: T.Nodes.Count}
          slow: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: GATE}}
          return: {type: return, depends: slow.value}
        """;

    [Fact]
    public async Task Every_node_is_an_actor_below_the_runner_s_with_the_node_s_name()
    {
        await using var tube = TubeHarness.Of(Slow);
        await tube.Runner.Actor.Ask<ActorIdentity>(new Identify("it has started"), TubeHarness.Deadline);

        foreach (var node in new[] { "count", "slow", "return" })
        {
            var identity = await tube.System.ActorSelection($"/user/{tube.Runner.Actor.Path.Name}/{node}").Ask<ActorIdentity>(new Identify(node), TubeHarness.Deadline);
            identity.Subject.ShouldNotBeNull().Path.Name.ShouldBe(node);
        }
    }

    [Fact]
    public async Task A_node_s_actor_answers_while_its_node_is_blocked()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of(Slow.Replace("GATE", name, StringComparison.Ordinal).Replace("Await", "Block", StringComparison.Ordinal));
        var run = tube.Runner.ProcessAsync().AsTask();
        await gate.ArrivedAsync();

        var identity = await tube.System.ActorSelection($"/user/{tube.Runner.Actor.Path.Name}/slow").Ask<ActorIdentity>(new Identify(1), TubeHarness.Deadline);

        identity.Subject.ShouldNotBeNull();
        gate.Open();
        await run.WaitAsync(TubeHarness.Deadline);
    }

    [Fact]
    public async Task A_node_s_actor_that_is_killed_comes_back()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of(Slow.Replace("GATE", name, StringComparison.Ordinal));
        gate.Open(2);
        await tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline);

        tube.System.ActorSelection($"/user/{tube.Runner.Actor.Path.Name}/slow").Tell(Kill.Instance);

        (await tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline)).ShouldBe(1);
    }

    [Fact]
    public async Task Disposing_the_runner_stops_its_actors()
    {
        await using var tube = TubeHarness.Of(Slow);
        var stopped = tube.Runner.Actor.WatchAsync();

        await tube.Runner.DisposeAsync();

        (await stopped.WaitAsync(TubeHarness.Deadline)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_whose_actor_is_stopped_fails_and_says_so()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of(Slow.Replace("GATE", name, StringComparison.Ordinal));
        var run = tube.Runner.ProcessAsync().AsTask();
        await gate.ArrivedAsync();

        tube.System.Stop(tube.Runner.Actor);

        (await Should.ThrowAsync<TubeException>(() => run.WaitAsync(TubeHarness.Deadline))).Message.ShouldContain("has stopped");
        (await Should.ThrowAsync<TubeException>(() => tube.Runner.ProcessAsync().AsTask().WaitAsync(TubeHarness.Deadline))).Message.ShouldContain("make a new runner");
        gate.Open(2);
    }

    [Fact]
    public async Task Each_epoch_in_flight_has_process_scoped_assets_of_its_own()
    {
        var gate = Gate.New(out var name);
        await using var tube = TubeHarness.Of($$"""
            assets:
              lease: {type: T.Lease, scope: process, params: {gate: {{name}} } }
            nodes:
              count: {type: T.Nodes.Count, params: {limit: 6} }
              wait: {type: T.Nodes.Await, depends: [{value: count.value}], params: {gate: {{name}} } }
              use: {type: T.Lease.Use, depends: [{value: wait.value}, {lease: assets.lease}]}
              return: {type: return, depends: use.value}
            """);

        var run = tube.EpochsAsync();
        await gate.ArrivedAsync(6);

        // The seventh has begun and found the source at its end.
        Gate.Of(name + "/released").Arrivals.ShouldBeLessThanOrEqualTo(1);
        gate.Open(6);

        (await run.WaitAsync(TubeHarness.Deadline)).Select(result => result.Value).ShouldBe([0, 1, 2, 3, 4, 5]);
        Gate.Of(name + "/released").Arrivals.ShouldBe(Gate.Of(name + "/made").Arrivals);
    }
}
