using Sluice.Actors.Tubes;
using Sluice.Kernel.Actor;
using Sluice.Tubes;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>A tube written in a test, on the kind of runner that is asked for.</summary>
internal sealed class Watched(Tube tube, TubeRunner runner, ActorSystem? system) : IAsyncDisposable
{
    public TubeRunner Runner => runner;

    public static Watched Of(string kind, string nodes, RunnerOptions? options = null)
    {
        var tube = TubeHarness.Build(nodes);
        if (kind == "sync")
        {
            return new Watched(tube, new SyncRunner(tube, options), null);
        }

        var system = ActorSystem.Create("hooks");
        return new Watched(tube, AsyncRunner.Start(system, tube, options), system);
    }

    /// <summary>Has an instrument watch a runner from its making to its end. Nodes' own failures (<c>boom</c>) are looked at through the hooks.</summary>
    public static async Task<TubeRecorder> RunAsync(string kind, string nodes, Func<TubeRunner, Task> act)
    {
        var seen = new TubeRecorder();
        using var scope = seen.Enter();
        await using var watched = Of(kind, nodes);
        var failure = await Record.ExceptionAsync(() => act(watched.Runner).WaitAsync(TubeHarness.Deadline));
        (failure?.Message ?? "boom").ShouldStartWith("boom");
        return seen;
    }

    public async ValueTask DisposeAsync()
    {
        await runner.DisposeAsync();
        await tube.DisposeAsync();
        if (system is not null)
        {
            await system.Terminate().WaitAsync(TubeHarness.Deadline);
        }
    }
}
