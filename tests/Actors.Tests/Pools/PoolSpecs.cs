namespace Sluice.Actors.Tests.Pools;

/// <summary>Specifications over real parts: a rig, and an HTTP server that can misbehave.</summary>
public abstract class PoolSpecs : IAsyncLifetime, IAsyncDisposable
{
    private bool _isDisposed;

    internal PoolRig Rig { get; } = new();

    internal Receiver Receiver { get; private set; } = null!;

    public async Task InitializeAsync() => Receiver = await Receiver.StartAsync();

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await Rig.DisposeAsync();
            await Receiver.DisposeAsync();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Numbers as items.</summary>
    internal static object[] Values(int count, int from = 1) => [.. Enumerable.Range(from, count).Select(value => (object)new { value })];

    internal static IEnumerable<string> Keys(int count, int from = 1) => Enumerable.Range(from, count).Select(number => $"test:{number}");
}
