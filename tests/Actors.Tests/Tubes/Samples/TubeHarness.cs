using Sluice.Actors.Tubes;
using Sluice.Kernel.Actor;
using Sluice.Tubes;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Events;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Specification;

namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>A tube written in a test, on actors, with what it emitted. Waits end the test after a generous time.</summary>
internal sealed class TubeHarness : IAsyncDisposable
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system;

    private TubeHarness(Tube tube, AsyncRunnerOptions options, bool isHeard)
    {
        _system = ActorSystem.Create("tubes");
        Runner = AsyncRunner.Start(_system, tube, options with { Warn = Warned });
        if (isHeard)
        {
            Runner.AddCallback(Events.Add);
        }
    }

    public ActorSystem System => _system;

    public AsyncRunner Runner { get; }

    public List<TubeEvent> Events { get; } = [];

    public List<string> Warnings { get; } = [];

    public string[] Told => [.. Events.Select(happened => happened.IsMeta ? $"end@{happened.Epoch}" : $"{happened.NodeId}@{happened.Epoch}={happened.Value}")];

    /// <summary>Waits until it is so.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (!isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, deadline.Token);
        }
    }

    public static TubeHarness Of(string nodes, AsyncRunnerOptions? options = null, bool isHeard = true) =>
        new(Build(nodes), options ?? new AsyncRunnerOptions(), isHeard);

    public static Tube Build(string nodes) => Tube.Build(
        TubeReader.FromYaml("noob_id: test\n" + nodes.Replace("T.", "Sluice.Actors.Tests.Tubes.Samples.", StringComparison.Ordinal), "test.yaml"),
        new NodeTypes([typeof(TubeHarness).Assembly]));

    public async Task<List<EpochResult>> EpochsAsync(long? epochs = null, CancellationToken cancellationToken = default)
    {
        var results = new List<EpochResult>();
        await foreach (var result in Runner.EpochsAsync(epochs, cancellationToken))
        {
            results.Add(result);
        }

        return results;
    }

    /// <summary>Waits for a task and gives its own exception, cancellations included.</summary>
    public static async Task EndedAsync(Task task)
    {
        await Task.WhenAny(task, Task.Delay(Deadline, TimeProvider.System));
        task.IsCompleted.ShouldBeTrue("it took too long");
        await task;
    }

    public async ValueTask DisposeAsync()
    {
        await Runner.DisposeAsync();
        await _system.Terminate().WaitAsync(Deadline);
    }

    private void Warned(string warning)
    {
        lock (Warnings)
        {
            Warnings.Add(warning);
        }
    }
}
