using System.Collections.Concurrent;

namespace Sluice.Actors.Tests.Tubes.Samples;

/// <summary>Where a test and the nodes of its tube meet, by name: nodes arrive and wait, the test sees who came and opens.</summary>
public sealed class Gate
{
    private static readonly ConcurrentDictionary<string, Gate> All = [];

    private readonly SemaphoreSlim _open = new(0);
    private readonly SemaphoreSlim _arrived = new(0);
    private int _arrivals;

    public int Arrivals => Volatile.Read(ref _arrivals);

    public static Gate Of(string name) => All.GetOrAdd(name, _ => new Gate());

    public static Gate New(out string name)
    {
        name = Guid.NewGuid().ToString("n");
        return Of(name);
    }

    public void Open(int times = 1) => _open.Release(times);

    public void Arrive()
    {
        Interlocked.Increment(ref _arrivals);
        _arrived.Release();
    }

    /// <summary>Arrives, and blocks the thread until the gate is opened once.</summary>
    public void Pass()
    {
        Arrive();
        _open.Wait(TubeHarness.Deadline).ShouldBeTrue("nobody opened the gate");
    }

    /// <summary>Arrives, and waits until the gate is opened once.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        Arrive();
        (await _open.WaitAsync(TubeHarness.Deadline, cancellationToken)).ShouldBeTrue("nobody opened the gate");
    }

    /// <summary>Waits until so many more have arrived.</summary>
    public async Task ArrivedAsync(int count = 1)
    {
        for (; count > 0; count--)
        {
            (await _arrived.WaitAsync(TubeHarness.Deadline)).ShouldBeTrue("nobody arrived");
        }
    }
}
