using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Contract;

/// <summary>One broker with nobody else on it, as a suite of the contract needs it, and the faults that it can play. What it cannot play gives false.</summary>
public abstract class TransportRig : IAsyncDisposable
{
    /// <summary>A transport for one member.</summary>
    public abstract ITransport CreateTransport();

    /// <summary>
    /// What the test is about to play, said before its members join, so that in real time they notice that, and nothing else that a slow machine does.
    /// </summary>
    public virtual void Expect(ExpectedBreak expected)
    {
    }

    /// <summary>Ends a member without a goodbye.</summary>
    public virtual Task<bool> KillAsync(string member) => Task.FromResult(false);

    /// <summary>Stops a member and lets the silence pass after which it is lost.</summary>
    public virtual Task<bool> FreezeUntilLostAsync(string member) => Task.FromResult(false);

    /// <summary>Lets a frozen member go on.</summary>
    public virtual Task ThawAsync(string member) => Task.CompletedTask;

    /// <summary>Breaks a member's connection; it cannot connect again yet.</summary>
    public virtual Task<bool> DisconnectAsync(string member) => Task.FromResult(false);

    /// <summary>Lets a disconnected member connect again.</summary>
    public virtual Task ReconnectAsync(string member) => Task.CompletedTask;

    /// <summary>Lets the grace of disconnected members pass.</summary>
    public virtual Task PassGraceAsync() => Task.CompletedTask;

    /// <summary>Makes the broker take nothing.</summary>
    public virtual Task<bool> BlockAsync() => Task.FromResult(false);

    /// <summary>Ends a block.</summary>
    public virtual Task UnblockAsync() => Task.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
