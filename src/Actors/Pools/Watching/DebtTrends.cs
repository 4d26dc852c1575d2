using System.Collections.Concurrent;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Watching;

/// <summary>The trends of all sinks of a pool. All members may be called from any thread at once.</summary>
/// <param name="pool">The pool's name.</param>
/// <param name="time">The clock.</param>
internal sealed class DebtTrends(string pool, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DebtTrend> _trends = [];

    /// <summary>The pool's name.</summary>
    public string Pool => pool;

    /// <summary>The status, and with it what it shows together with those before it.</summary>
    public ExporterStatus Complete(ExporterStatus status)
    {
        var trend = _trends.GetOrAdd(status.Name, static (_, time) => new DebtTrend(time), time);
        lock (trend)
        {
            trend.Observe(status.Sent + status.DeadLettered + status.Lost, status.UnsentItems);
            return status with { NoProgressFor = trend.NoProgressFor, DrainsIn = trend.DrainsIn };
        }
    }

    /// <summary>For how long each sink that is owed something has been given nothing.</summary>
    public IEnumerable<(string Sink, TimeSpan NoProgressFor)> Stalls()
    {
        foreach (var (sink, trend) in _trends)
        {
            TimeSpan? stalled;
            lock (trend)
            {
                stalled = trend.NoProgressFor;
            }

            yield return (sink, stalled ?? TimeSpan.Zero);
        }
    }

    /// <summary>Forgets who has left the pool.</summary>
    public void Keep(IEnumerable<string> sinks)
    {
        foreach (var gone in _trends.Keys.Except(sinks))
        {
            _trends.TryRemove(gone, out _);
        }
    }
}
