using Sluice.Tubes.Runners;

namespace Sluice.Host.Running;

/// <summary>The end of a runner, also when it cannot be ended: a node of a sync run holds its thread until it returns, whatever it is told.</summary>
internal sealed class Leaving(TubeRunner runner, TimeProvider time) : IAsyncDisposable
{
    // Ctrl-C stops within two seconds; the pool and the last words need some of them.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private bool _isDisposed;

    /// <summary>Whether the work was given up while it still went on.</summary>
    public bool IsLeftBehind { get; private set; }

    /// <summary>Waits for work on a thread of its own, but not long once the token has fired.</summary>
    /// <exception cref="OperationCanceledException">The work was cancelled, or is left behind.</exception>
    public async Task WhenBackAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        var working = Task.Run(work, CancellationToken.None);
        await Task.WhenAny(working, PatienceAsync(cancellationToken)).ConfigureAwait(false);
        IsLeftBehind = !working.IsCompleted;
        if (IsLeftBehind)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        await working.ConfigureAwait(false);
    }

    /// <summary>Ends the runner, unless it is left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_isDisposed && !IsLeftBehind)
        {
            _isDisposed = true;
            await runner.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task PatienceAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(Patience, time, CancellationToken.None).ConfigureAwait(false);
    }
}
