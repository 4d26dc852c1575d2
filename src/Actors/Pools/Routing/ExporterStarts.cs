using Sluice.Actors.Pools.Retries;
using Sluice.Actors.Pools.Sending;

namespace Sluice.Actors.Pools.Routing;

/// <summary>Starts the actors of the pool's exporters, a crashed one again after a pause that grows: its place is in the journal.</summary>
/// <param name="state">The pool.</param>
/// <param name="end">The pool's end, which a late exporter must hear of.</param>
/// <param name="context">The pool actor's, whose children the exporters are.</param>
/// <param name="timers">The pool actor's.</param>
internal sealed class ExporterStarts(PoolState state, PoolEnd end, IActorContext context, ITimerScheduler timers)
{
    private readonly ILoggingAdapter _log = context.GetLogger();

    /// <summary>Starts a seat's actor with what the journal owes it, and hands it what was sent while it had none.</summary>
    public void Start(Seat seat)
    {
        var (exporter, counters, journal, head) = (seat.Context, seat.Counters, state.Journal, state.Head);
        state.Distribution.HandedUpTo = head;
        seat.StartedAt = state.Setup.Parts.Time.GetTimestamp();
        seat.Actor = context.ActorOf(Props.Create(() => new ExporterActor(exporter, counters, journal, head)), Uri.EscapeDataString(seat.Name));
        context.Watch(seat.Actor);
        state.Turns.Welcome(seat);
        end.Welcome(seat);
        if (seat.Missed.Count > 0)
        {
            seat.Actor.Tell(new Handover([.. seat.Missed]), context.Self);
            seat.Missed.Clear();
        }
    }

    /// <summary>A seat's actor has crashed. Not called for one that leaves the pool.</summary>
    public void RestartLater(Seat seat)
    {
        seat.Counters.Restarts++;
        state.Turns.Crashed(seat);
        if (state.Setup.Parts.Time.GetElapsedTime(seat.StartedAt) > state.Settings.Restart.MaxInterval)
        {
            seat.Restarts.Succeeded();
        }

        var delay = seat.Restarts.Failed() is RetryDecision.TryAgain(var wait) ? wait : state.Settings.Restart.MaxInterval;
        _log.Warning("Exporter '{0}' of pool '{1}' has crashed and is started again in {2}.", seat.Name, state.Settings.Name, delay);
        timers.StartSingleTimer($"start {seat.Name}", new StartExporter(seat), delay);
    }
}
