using Sluice.Actors.Tubes;
using Sluice.Instruments.Sampling;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Runners;

namespace Sluice.Instruments.Bench;

/// <summary>What <c>sluice run --watch</c> costs a run, whose events are counted in any case.</summary>
/// <param name="node">What each of the chain's five nodes does.</param>
internal sealed class WatchCase(string node) : IBenchCase
{
    private readonly ActorSystem _system = ActorSystem.Create("bench");
    private TubeRunner _runner = null!;
    private long _events;

    public string Name => $"run of {(node == "Work" ? "working" : "idle")} nodes";

    public string Unit => "epochs/s";

    public int Operations => node == "Work" ? 30_000 : 400_000;

    public int Rounds => 7;

    public ValueTask<IReadOnlyList<Contender>> Contenders()
    {
        _runner = AsyncRunner.Start(_system, TubeCase.Tube(node));
        _runner.AddCallback(_ => Interlocked.Increment(ref _events));
        return new(
        [
            new("not watched", RunAsync),
            new("--watch", async epochs =>
            {
                await using var watch = new SamplingWatch(_runner.Watch);
                await RunAsync(epochs);
            }),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        await _runner.DisposeAsync();
        await _system.Terminate();
    }

    private async Task RunAsync(int epochs)
    {
        await foreach (var _ in _runner.EpochsAsync(epochs))
        {
        }
    }
}
