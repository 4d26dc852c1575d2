using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>The items whose senders wait for results, by number.</summary>
internal sealed class Waiters
{
    private readonly Dictionary<long, Waiter> _waiters = [];

    /// <summary>How many items.</summary>
    public int Count => _waiters.Count;

    /// <summary>An item to wait for.</summary>
    public void Add(long order, Waiter waiter) => _waiters[order] = waiter;

    /// <summary>Results of one exporter have come in.</summary>
    public void Take(Sending.Results results, int required, IActorRef pool)
    {
        foreach (var (order, result) in results.Items)
        {
            if (_waiters.TryGetValue(order, out var waiter) && waiter.Add(results.Exporter, result, required, pool))
            {
                _waiters.Remove(order);
            }
        }
    }

    /// <summary>An exporter will not report any more on what it was handed.</summary>
    public void GiveUpOn(string exporter, string why, ExportFate fate, int required, IActorRef pool)
    {
        var failed = ExportResult.Failed(exporter, why, fate);
        foreach (var (order, waiter) in _waiters.ToArray())
        {
            if (waiter.Add(exporter, failed, required, pool))
            {
                _waiters.Remove(order);
            }
        }
    }
}
