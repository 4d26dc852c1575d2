using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Watching;

/// <summary>
/// Raises the alarm when a pool's journal will be full before long, while there is still time to do something. One alarm each time, and another only after
/// the danger had passed.
/// </summary>
internal sealed class FillWatch : PoolWatch
{
    /// <summary>No exporter can be called so: their names are escaped.</summary>
    public const string Name = "!fill";

    private const int LooksPerWarning = 20;

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly TimeSpan _warnBefore;
    private readonly FillTrend _trend;
    private bool _isRaised;

    public FillWatch(TimeSpan warnBefore, FillTrend trend, IActorRef pool)
        : base(warnBefore, LooksPerWarning, pool) => (_warnBefore, _trend) = (warnBefore, trend);

    protected override void PreStart()
    {
        FillMetrics.Add(_trend);
        base.PreStart();
    }

    protected override void PostStop() => FillMetrics.Remove(_trend);

    protected override void OnStatus(PoolStatus status)
    {
        if (status.JournalFullIn is { } fullIn && fullIn <= _warnBefore)
        {
            Raise(status.Pool, fullIn);
        }
        else if (status.JournalFullIn is not { } later || later > 2 * _warnBefore)
        {
            // A pace goes up and down: an alarm is over once twice the time is left.
            _isRaised = false;
        }
    }

    private void Raise(string pool, TimeSpan fullIn)
    {
        if (!_isRaised)
        {
            _isRaised = true;
            _log.Warning("The journal of pool '{0}' will be full in {1} at this pace: look at its sinks, or raise max-items or max-bytes.", pool, fullIn);
            Context.System.EventStream.Publish(new JournalFillsUp(pool, fullIn));
        }
    }
}
