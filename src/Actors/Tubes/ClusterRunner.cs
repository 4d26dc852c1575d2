using Sluice.Actors.Tubes.Placing;
using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Actors.Tubes;

/// <summary>
/// Runs a tube whose nodes are spread over members. It is an <see cref="AsyncRunner"/>, and gives what that gives: epochs, order, results and
/// failures are decided where it was started; other members only make calls. When one of them is lost, the calls that it has not answered are made
/// again elsewhere, from the values that the epoch keeps; so each epoch has one result, although a call may have been made twice.
/// </summary>
public static class ClusterRunner
{
    /// <summary>How a tube is run where nothing else is said: with more epochs in flight than in one process, as every call takes a way.</summary>
    public static AsyncRunnerOptions Options { get; } = new() { EpochsInFlight = 64, CallsPerNode = 64 };

    /// <summary>Builds a tube with its nodes placed, and makes its actors; nothing is initialised yet. Dispose the runner, then its tube.</summary>
    /// <inheritdoc cref="Tube.Build"/>
    public static AsyncRunner Start(
        ActorSystem system, TubeSpecification specification, INodeTypes types, INodeHosts hosts, TubeOptions? tubeOptions = null, RunnerOptions? options = null, PlacingOptions? placing = null) =>
        AsyncRunner.Start(system, Build(system, specification, types, hosts, tubeOptions, placing), options ?? Options);

    /// <summary>Builds a tube with its nodes placed, to be run by an <see cref="AsyncRunner"/>, or by any other.</summary>
    /// <inheritdoc cref="Tube.Build"/>
    public static Tube Build(
        ActorSystem system, TubeSpecification specification, INodeTypes types, INodeHosts hosts, TubeOptions? options = null, PlacingOptions? placing = null) =>
        Tube.Build(specification, types, (options ?? TubeOptions.None) with { Placing = new ClusterPlacing(system, hosts, placing) });
}
