using Sluice.Actors.Pools.Sending;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>The end of a pool: it takes nothing more, sends what it can in the time it has, writes down what is left, and closes.</summary>
internal sealed class PoolEnd(PoolState state, ITimerScheduler timers, IActorRef pool)
{
    private const string Timer = "end";
    // Exporters need no more than their grace and the time to save; this is for one that does not answer at all.
    private static readonly TimeSpan HaltTime = Sending.Halt.SaveTime + TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SinkCloseTime = TimeSpan.FromSeconds(5);

    // As long as it is open nobody else can open it: a slow disk, or a machine that stood still, is waited for.
    private static readonly TimeSpan JournalCloseTime = TimeSpan.FromSeconds(30);
    private readonly List<IActorRef> _askers = [];
    private DateTimeOffset _endsAt;
    private bool _isFlushing;
    private bool _isClosing;

    /// <summary>Whether the exporters start nothing more.</summary>
    public bool IsHalting { get; private set; }

    /// <summary>What could not be closed, for the log.</summary>
    public List<Exception> Faults { get; } = [];

    /// <summary>Somebody wants the pool to end. A second one gets the same answer; it can only shorten the time.</summary>
    public void Begin(Drain drain, IActorRef asker)
    {
        _askers.Add(asker);
        var at = state.Setup.Parts.Time.GetUtcNow() + drain.Timeout;
        if (state.IsDraining && at >= _endsAt)
        {
            return;
        }

        state.IsDraining = true;
        _endsAt = at;
        if (drain.Timeout <= TimeSpan.Zero)
        {
            Halt();
        }
        else if (!IsHalting)
        {
            timers.StartSingleTimer(Timer, DrainTimedOut.Instance, drain.Timeout);
            GoOn();
        }
    }

    /// <summary>Once everything taken is with the exporters, they send it without waiting for more; once all of it is sent, they halt.</summary>
    public void GoOn()
    {
        if (!state.IsDraining || IsHalting || !state.Intake.IsEmpty)
        {
            return;
        }

        if (!_isFlushing)
        {
            _isFlushing = true;
            state.Roster.TellAll(new Flush(), pool);
        }

        if (state.Roster.Seats.All(seat => seat.IsFlushed))
        {
            Halt();
        }
    }

    /// <summary>An exporter was started again during the drain.</summary>
    public void Welcome(Seat seat)
    {
        if (_isFlushing)
        {
            seat.Actor?.Tell(new Flush(), pool);
        }
    }

    /// <summary>Exporters start nothing more.</summary>
    public void Halt()
    {
        if (IsHalting)
        {
            return;
        }

        IsHalting = true;
        foreach (var seat in state.Roster.Seats)
        {
            seat.IsHalted = seat.Actor is null;
        }

        state.Roster.TellAll(new Halt(state.Settings.StopGrace, SavesMemory: true, IsLast: true), pool);
        timers.StartSingleTimer(Timer, HaltTimedOut.Instance, state.Settings.StopGrace + HaltTime);
        CloseOnceAllHalted();
    }

    /// <summary>Closes once nothing is on its way from any exporter.</summary>
    public void CloseOnceAllHalted()
    {
        if (IsHalting && !_isClosing && state.Roster.Seats.All(seat => seat.IsHalted || seat.Actor is null))
        {
            Close();
        }
    }

    /// <summary>Closes sinks and journal, whatever is still on its way.</summary>
    public void Close()
    {
        if (!_isClosing)
        {
            _isClosing = true;
            timers.Cancel(Timer);
            CloseAsync().PipeTo(pool);
        }
    }

    /// <summary>Everything is closed.</summary>
    public void Answer(Closed closed)
    {
        var unsent = state.UsesMemory ? 0 : closed.Unsent;
        var lost = closed.Unsent - unsent + state.Roster.Seats.Where(seat => !seat.IsShadow).Sum(seat => seat.Counters.Lost);
        foreach (var asker in _askers)
        {
            asker.Tell(new Drained(unsent, lost), pool);
        }
    }

    private async Task<Closed> CloseAsync()
    {
        foreach (var seat in state.Roster.Seats)
        {
            await DisposeAsync(seat.Context.Sink, SinkCloseTime).ConfigureAwait(false);
        }

        var unsent = state.Journal.Status.Sinks.Values.Sum(sink => sink.Pending);
        await DisposeAsync(state.Journal, JournalCloseTime).ConfigureAwait(false);
        return new(unsent);
    }

    /// <summary>One part that cannot be closed must not keep the others open.</summary>
    private async Task DisposeAsync(IAsyncDisposable part, TimeSpan within)
    {
        try
        {
            await part.DisposeAsync().AsTask().WaitAsync(within, state.Setup.Parts.Time).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Faults.Add(fault);
        }
    }
}
