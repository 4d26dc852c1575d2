namespace Sluice.Kernel.Actor.Cells;

/// <summary>How often a child was restarted, for the limits of its supervisor's strategy.</summary>
internal sealed class RestartStatistics(IScheduler clock)
{
    private int _restarts;
    private TimeSpan? _windowStart;

    /// <summary>Counts one more restart and tells whether the limits allow it.</summary>
    /// <param name="maxRestarts">-1 for no limit; with a window and no limit of its own, 1.</param>
    /// <param name="window">The time after which counting starts again; <c>null</c> for never.</param>
    public bool MayRestart(int maxRestarts, TimeSpan? window)
    {
        if (maxRestarts == 0)
        {
            return false;
        }
        if (window is null)
        {
            return maxRestarts < 0 || ++_restarts <= maxRestarts;
        }
        var now = clock.MonotonicClock;
        if (_windowStart is not { } start || now - start > window)
        {
            _windowStart = now;
            _restarts = 0;
        }
        return ++_restarts <= (maxRestarts < 0 ? 1 : maxRestarts);
    }
}
