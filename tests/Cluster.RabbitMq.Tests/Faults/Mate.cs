using System.Collections.Concurrent;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>A member in a process of its own, with all that it printed.</summary>
internal sealed class Mate : IAsyncDisposable
{
    private readonly Guarded _process;
    private readonly Task _reading;
    private readonly ConcurrentQueue<string> _said = new();

    public Mate(string name, Guarded process, Action<string> heard)
    {
        (Name, _process) = (name, process);
        _reading = ReadAsync(heard);
    }

    public string Name { get; }

    public IReadOnlyCollection<string> Said => _said;

    public bool IsAlive => _process.IsAlive;

    public void Signal(string signal) => _process.Signal(signal);

    public Task WriteAsync(string line) => _process.Input.WriteLineAsync(line);

    public bool Has(Predicate<string> line) => _said.Any(said => line(said));

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync(Action<string> heard)
    {
        try
        {
            while (await _process.Output.ReadLineAsync() is { } line)
            {
                _said.Enqueue(line);
                heard(line);
            }
        }
        catch (Exception fault) when (fault is ObjectDisposedException or IOException or InvalidOperationException)
        {
            // The process was ended.
        }
    }
}
