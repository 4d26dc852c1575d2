using Sluice.Actors.Pools.Policies;
using Sluice.Actors.Pools.Sending;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// Lets exporters take turns, and relieves those whose work others have done. An exporter that keeps the next one waiting for an item longer than the
/// pool's patience is passed by until it has caught up.
/// </summary>
internal sealed class Turns(Roster roster, TimeSpan patience, TimeProvider time, IActorRef pool)
{
    private readonly Queue<(long At, long Order)> _handed = new();
    private readonly HashSet<Seat> _passedBy = [];
    private long _lastOrder;
    private Relief _relief = Relief.None;

    /// <summary>Whether somebody may have to be passed by once time has passed.</summary>
    public bool AreAwaited => roster.Lanes.MayPassBy && roster.Seats.Any(seat => seat.Lane is { } lane && lane.Passed < _lastOrder);

    /// <summary>Items up to here have been handed over.</summary>
    public void Handed(long lastOrder)
    {
        _lastOrder = lastOrder;
        if (roster.Lanes.MayPassBy)
        {
            _handed.Enqueue((time.GetTimestamp(), lastOrder));
        }
    }

    /// <summary>An exporter has come further, or holds back.</summary>
    public void Take(Progressed progress)
    {
        if (roster.Find(progress.Exporter) is not { Lane: { } lane } seat)
        {
            return;
        }

        lane.Tried = Math.Max(lane.Tried, progress.Tried);
        lane.Done = Math.Max(lane.Done, progress.Done);
        lane.Undeliverable.UnionWith(progress.Undeliverable);
        if (lane.Tried >= _lastOrder)
        {
            _passedBy.Remove(seat);
        }

        lane.IsPutOff = progress.IsPutOff || _passedBy.Contains(seat);
        Tell();
    }

    /// <summary>An exporter has crashed: nobody waits for it until it is back.</summary>
    public void Crashed(Seat seat)
    {
        if (seat.Lane is { } lane)
        {
            lane.IsPutOff = true;
            Tell();
        }
    }

    /// <summary>Time has passed.</summary>
    public void PassByTheSlow()
    {
        long overdue = 0;
        while (_handed.TryPeek(out var oldest) && time.GetElapsedTime(oldest.At) >= patience)
        {
            overdue = _handed.Dequeue().Order;
        }

        foreach (var seat in roster.Seats.Where(seat => seat.Lane is { } lane && lane.Tried < overdue))
        {
            _passedBy.Add(seat);
            seat.Lane!.IsPutOff = true;
        }

        Tell();
    }

    /// <summary>Tells an exporter that has just started what it may do.</summary>
    public void Welcome(Seat seat)
    {
        seat.ReleasedUpTo = long.MaxValue;
        if (_relief.UpTo > 0)
        {
            seat.Actor?.Tell(new Relieved(_relief), pool);
        }

        Tell();
    }

    private void Tell()
    {
        TellRelief();
        foreach (var seat in roster.Seats)
        {
            var upTo = seat.Lane is null || !roster.Lanes.AreGated ? long.MaxValue : roster.Lanes.ReleasedUpTo(seat.Name);
            if (upTo != seat.ReleasedUpTo)
            {
                seat.ReleasedUpTo = upTo;
                seat.Actor?.Tell(new Released(upTo), pool);
            }
        }
    }

    private void TellRelief()
    {
        if (!roster.Lanes.CanRelieve || roster.Lanes.Relieved() is not { } relief || relief.UpTo <= _relief.UpTo)
        {
            return;
        }

        _relief = relief;
        foreach (var seat in roster.Seats.Where(seat => seat.Lane is not null))
        {
            seat.Actor?.Tell(new Relieved(relief), pool);
        }
    }
}
