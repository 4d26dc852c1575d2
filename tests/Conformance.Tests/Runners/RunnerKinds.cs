using Sluice.Actors.Tubes;
using Sluice.Kernel.Actor;
using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;

namespace Sluice.Conformance.Tests.Runners;

/// <summary>The runners that every case is run on. A further runner is one more line.</summary>
public static class RunnerKinds
{
    private static readonly Lazy<ActorSystem> System = new(() => ActorSystem.Create("conformance"));

    private static readonly Dictionary<string, Func<Tube, RunnerOptions, RunnerUnderTest>> Makers = new()
    {
        ["sync"] = (tube, options) => Sync(tube, options),
        ["sync, unheard"] = (tube, options) => Sync(tube, options) with { IsHeard = false, KeepsOrder = false },
        ["async"] = (tube, options) => Async(tube, options),
        ["async, unheard"] = (tube, options) => Async(tube, options) with { IsHeard = false },
        ["cluster"] = (tube, options) => Async(tube, options),
        ["cluster, all away"] = (tube, options) => Async(tube, options),
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <summary>What says where the nodes run; null where they run here.</summary>
    public static async Task<INodePlacing?> PlacingAsync(string kind) =>
        kind.StartsWith("cluster", StringComparison.Ordinal) ? (await TestCluster.Shared).Placing(withState: kind != "cluster") : null;

    public static RunnerUnderTest Make(string kind, Tube tube, RunnerOptions options) => Makers[kind](tube, options);

    private static RunnerUnderTest Sync(Tube tube, RunnerOptions options)
    {
        var runner = new SyncRunner(tube, options);
        return new RunnerUnderTest(runner) { NextEpoch = () => runner.NextEpoch, Stored = () => runner.Events, Assets = () => runner.Assets };
    }

    private static RunnerUnderTest Async(Tube tube, RunnerOptions options)
    {
        var runner = AsyncRunner.Start(System.Value, tube, options);
        return new RunnerUnderTest(runner) { KeepsOrder = false, NextEpoch = () => runner.NextEpoch, Assets = () => runner.Assets };
    }
}
