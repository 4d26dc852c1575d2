using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Watching;

/// <summary>
/// Raises the alarm when a sink is owed something and nothing has moved for too long, whatever the reason: it looks at the pool from outside, as one
/// who asks for its status, so that it sees crash loops and silence too. One alarm for each stall, and one word when it is over.
/// </summary>
internal sealed class StallWatch : PoolWatch
{
    /// <summary>No exporter can be called so: their names are escaped.</summary>
    public const string Name = "!stalls";

    private const int LooksPerStall = 10;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TimeSpan _stalledAfter;
    private readonly DebtTrends _trends;
    private readonly HashSet<string> _stalled = [];

    public StallWatch(TimeSpan stalledAfter, DebtTrends trends, IActorRef pool)
        : base(stalledAfter, LooksPerStall, pool) => (_stalledAfter, _trends) = (stalledAfter, trends);

    protected override void PreStart()
    {
        StallMetrics.Add(_trends);
        base.PreStart();
    }

    protected override void PostStop() => StallMetrics.Remove(_trends);

    protected override void OnStatus(PoolStatus status)
    {
        _trends.Keep(status.Exporters.Select(exporter => exporter.Name));
        foreach (var exporter in status.Exporters)
        {
            var isStalled = exporter.NoProgressFor >= _stalledAfter && exporter.State is not ExporterState.WaitingToBeAsked;
            if (isStalled && _stalled.Add(exporter.Name))
            {
                Raise(status.Pool, exporter);
            }
            else if (!isStalled && _stalled.Remove(exporter.Name))
            {
                _log.Info("Exporter '{0}' of pool '{1}' makes progress again; {2} items are owed.", exporter.Name, status.Pool, exporter.UnsentItems);
                Context.System.EventStream.Publish(new ExporterMovesAgain(status.Pool, exporter.Name, exporter.UnsentItems));
            }
        }
    }

    private void Raise(string pool, ExporterStatus exporter)
    {
        var stalled = new ExporterStalled(pool, exporter.Name, exporter.NoProgressFor!.Value, exporter.UnsentItems, exporter.LastError);
        _log.Warning(
            "Exporter '{0}' of pool '{1}' has made no progress for {2}, and {3} items are owed. {4}",
            stalled.Exporter,
            stalled.Pool,
            stalled.For,
            stalled.UnsentItems,
            stalled.LastError is { } error ? $"The last error was: {error}" : "There was no error: look whether its sink hangs.");
        Context.System.EventStream.Publish(stalled);
    }
}
