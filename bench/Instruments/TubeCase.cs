using Sluice.Actors.Tubes;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Instruments.Bench;

/// <summary>A chain of five nodes behind a source, watched in every way.</summary>
/// <param name="isAsync">Whether node actors run it.</param>
/// <param name="node">What each node does.</param>
internal sealed class TubeCase(bool isAsync, string node) : IBenchCase
{
    private readonly ActorSystem _system = ActorSystem.Create("bench");
    private readonly List<IDisposable> _readers = [];
    private readonly List<TubeRunner> _runners = [];

    public string Name => $"{(isAsync ? "async" : "sync")} tube of {(node == "Work" ? "working" : "idle")} nodes";

    public string Unit => "epochs/s";

    public int Ways => node == "Same" ? 6 : 0;

    public int Operations => node == "Work" ? 500 : 10_000;

    public ValueTask<IReadOnlyList<Contender>> Contenders()
    {
        var metrics = Watching.Metrics(out var metricsReader);
        var tracing = Watching.Tracing(out var spans);
        _readers.AddRange([metricsReader, spans]);
        return new(
        [
            Watched("none", Watching.None()),
            Watched("one counting", Watching.OneCounting()),
            Watched("one counting, plain", Watching.OnePlain()),
            Watched("three counting", Watching.ThreeCounting()),
            Watched("metrics", metrics),
            Watched("tracing", tracing),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in _runners)
        {
            await runner.DisposeAsync();
        }

        _readers.ForEach(reader => reader.Dispose());
        await _system.Terminate();
    }

    private Contender Watched(string name, TubeInstrument[] instruments)
    {
        var runner = Watching.InItsOwnFlow(() => Watching.Make(Runner, instruments));
        _runners.Add(runner);
        return new(name, async epochs =>
        {
            await foreach (var _ in runner.EpochsAsync(epochs))
            {
            }
        });
    }

    private TubeRunner Runner() => isAsync ? AsyncRunner.Start(_system, Tube(node)) : new SyncRunner(Tube(node));

    /// <summary>The chain.</summary>
    internal static Sluice.Tubes.Tube Tube(string node)
    {
        var yaml = "tube: chain\nnodes:\n  n0: { type: Sluice.Instruments.Bench.Steps.Source }\n" + string.Concat(Enumerable.Range(1, 5).Select(
            index => $"  n{index}: {{ type: Sluice.Instruments.Bench.Steps.{node}, depends: n{index - 1}.value }}\n"));
        return Sluice.Tubes.Tube.Build(TubeReader.FromYaml(yaml), new NodeTypes([typeof(Steps).Assembly]));
    }
}
