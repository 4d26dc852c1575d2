using Sluice.Actors.Pools.Sending;
using Sluice.Journal;
using Sluice.Messages.Pools;
using UnsentData = Sluice.Journal.UnsentData;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// Changes of the running pool, one after the other: exporters that come and go, unsent data that moves between memory and disk, dead letters that go
/// back to their exporters.
/// </summary>
/// <param name="state">The pool.</param>
/// <param name="start">Starts the actor of a seat.</param>
/// <param name="pool">The pool's actor.</param>
internal sealed class PoolChanges(PoolState state, Action<Seat> start, IActorRef pool)
{
    private readonly Queue<PoolChange> _waiting = new();
    private PoolChange? _current;
    private bool _isHalting;
    private bool _isRedriving;

    /// <summary>A change is asked for.</summary>
    public void Ask(object message, IActorRef asker)
    {
        _waiting.Enqueue(new(message, asker));
        GoOn();
    }

    /// <summary>Makes the next change if it can be made now.</summary>
    public void GoOn()
    {
        if (_current is null && state.IsOpen && _waiting.TryDequeue(out _current))
        {
            Begin(_current);
        }
        else if (_current?.Message is SetUseMemory && !_isHalting && !state.Intake.IsCommitting)
        {
            _isHalting = true;
            HaltAll();
        }
        else if (_current is { Message: RedriveDeadLetters redrive } change && !_isRedriving && !state.Intake.IsCommitting)
        {
            _isRedriving = true;
            DeadLetterChanges.RedriveAsync(state.Journal, redrive, change).PipeTo(pool);
        }
    }

    /// <summary>Nothing is on its way from an exporter any more.</summary>
    public void Halted(Seat seat, Action<IActorRef> stop)
    {
        seat.IsHalted = true;
        if (seat.Leaving is not null && seat.Actor is { } leaving)
        {
            stop(leaving);
        }
        else
        {
            MoveOnceAllHalted();
        }
    }

    /// <summary>An exporter's actor has ended.</summary>
    public void Gone(Seat seat)
    {
        if (seat.Leaving is { Message: RemoveExporter remove } change)
        {
            LeaveJournalAsync(seat, remove, change).PipeTo(pool);
        }
        else
        {
            MoveOnceAllHalted();
        }
    }

    /// <summary>The journal has done its part.</summary>
    public void Written(ChangeWritten end)
    {
        if (end.Fault is null)
        {
            Finish(end);
        }

        switch (end.Change.Message)
        {
            case SetUseMemory:
                GoOnWith(end.Journal);
                break;
            case RedriveDeadLetters:
                (_isRedriving, state.IsPaused) = (false, false);
                break;
        }

        Answer(end.Fault is null ? new PoolChanged(end.Items) : new PoolChangeRefused(end.Fault.Message));
    }

    private void Begin(PoolChange change)
    {
        try
        {
            switch (change.Message)
            {
                case AddExporter add:
                    Add(state.Setup.Parts.MakeExporter?.Invoke(add) ?? throw new InvalidConfigException(
                        "This pool cannot make exporters from messages: start it with PoolParts.MakeExporter."));
                    break;
                case AddMadeExporter add:
                    Add(add.Exporter);
                    break;
                case RemoveExporter remove:
                    Remove(remove, change);
                    break;
                case SetUseMemory memory when memory.UseMemory == state.UsesMemory:
                    Answer(new PoolChanged());
                    break;
                case SetUseMemory when state.Setup.Parts.OpenJournal is null:
                    Answer(new PoolChangeRefused("This pool knows only one journal: start it with PoolParts.OpenJournal."));
                    break;
                case SetUseMemory or RedriveDeadLetters:
                    state.IsPaused = true;
                    GoOn();
                    break;
                case DropDeadLetters drop:
                    DeadLetterChanges.DropAsync(state.Journal, drop, change).PipeTo(pool);
                    break;
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            Answer(new PoolChangeRefused(fault.Message));
        }
    }

    private void Add(PoolExporter exporter)
    {
        if (state.Roster.Find(exporter.Sink.Name) is not null)
        {
            throw new InvalidConfigException($"The pool '{state.Settings.Name}' has an exporter '{exporter.Sink.Name}' already: choose another name.");
        }

        exporter.Settings.Validate($"exporter '{exporter.Sink.Name}'");
        JoinJournalAsync(exporter, _current! with { Message = new AddMadeExporter(exporter) }).PipeTo(pool);
    }

    private void Remove(RemoveExporter remove, PoolChange change)
    {
        var seat = state.Roster.Find(remove.Name)
            ?? throw new InvalidConfigException($"The pool '{state.Settings.Name}' has no exporter '{remove.Name}'.");
        if (remove.Fate is UnsentDataFate.SendToAnother
            && (remove.Heir is null || remove.Heir == remove.Name || state.Roster.Find(remove.Heir) is null or { IsShadow: true }))
        {
            throw new InvalidConfigException($"'{remove.Heir}' cannot take over what '{remove.Name}' is owed: name another exporter of the pool.");
        }

        state.Roster.Leave(seat, change);
        if (seat.Actor is { } exporter)
        {
            exporter.Tell(new Halt(state.Settings.StopGrace, SavesMemory: true), pool);
        }
        else
        {
            Gone(seat);
        }
    }

    private void HaltAll()
    {
        foreach (var seat in state.Roster.Seats)
        {
            seat.IsHalted = seat.Actor is null;
        }

        state.Roster.TellAll(new Halt(state.Settings.StopGrace, SavesMemory: false), pool);
        MoveOnceAllHalted();
    }

    private void MoveOnceAllHalted()
    {
        if (_isHalting && state.Roster.Seats.All(seat => seat.IsHalted || seat.Actor is null) && _current is { Message: SetUseMemory memory } change)
        {
            _isHalting = false;
            MoveAsync(memory, change).PipeTo(pool);
        }
    }

    private async Task<ChangeWritten> JoinJournalAsync(PoolExporter exporter, PoolChange change)
    {
        try
        {
            if (!exporter.Settings.Shadow)
            {
                await state.Journal.AddSinkAsync(exporter.Sink.Name, CancellationToken.None).ConfigureAwait(false);
            }

            return new(change, null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(change, fault);
        }
    }

    private async Task<ChangeWritten> LeaveJournalAsync(Seat seat, RemoveExporter remove, PoolChange change)
    {
        try
        {
            var unsent = state.Journal.Status.Sinks.GetValueOrDefault(seat.Name)?.Pending ?? 0;
            UnsentData fate = remove.Fate switch
            {
                UnsentDataFate.SendToAnother => new UnsentData.HandTo(remove.Heir!),
                UnsentDataFate.DeadLetter => new UnsentData.DeadLetter(),
                _ => new UnsentData.Keep(),
            };
            if (!seat.IsShadow)
            {
                await state.Journal.RemoveSinkAsync(seat.Name, fate, CancellationToken.None).ConfigureAwait(false);
            }

            await seat.Context.Sink.DisposeAsync().ConfigureAwait(false);
            return new(change, null, unsent);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(change, fault);
        }
    }

    private async Task<ChangeWritten> MoveAsync(SetUseMemory memory, PoolChange change)
    {
        IJournal? to = null;
        try
        {
            var from = state.Journal;
            to = await state.Setup.Parts.OpenJournal!(memory.UseMemory, CancellationToken.None).ConfigureAwait(false);
            var items = await JournalMove.MoveAsync(from, to, withDeadLetters: !memory.UseMemory, CancellationToken.None).ConfigureAwait(false);
            if (memory.UseMemory)
            {
                await JournalMove.SkipUsedNumbersAsync(to, state.Setup.Parts.Time).ConfigureAwait(false);
            }

            await from.DisposeAsync().ConfigureAwait(false);
            return new(change, null, items, to);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            if (to is not null)
            {
                await to.DisposeAsync().ConfigureAwait(false);
            }

            return new(change, fault);
        }
    }

    private void Finish(ChangeWritten end)
    {
        switch (end.Change.Message)
        {
            case AddMadeExporter add:
                start(state.Roster.Add(add.Exporter, state.Journal, state.Distribution.LastOrder));
                break;
            case RemoveExporter remove when state.Roster.Find(remove.Name) is { } seat:
                state.Roster.Remove(seat);
                state.Roster.Find(remove.Heir ?? "")?.Actor?.Tell(new ReadAgain(state.Head), pool);
                break;
            case SetUseMemory memory:
                state.UsesMemory = memory.UseMemory;
                break;
            case RedriveDeadLetters:
                var head = state.MoveHead();
                foreach (var seat in state.Roster.Seats.Where(seat => !seat.IsShadow))
                {
                    seat.Actor?.Tell(new OwedMore(head), pool);
                }

                break;
        }
    }

    private void GoOnWith(IJournal? journal)
    {
        state.IsPaused = false;
        state.Journal = journal ?? state.Journal;
        state.Distribution.HandedUpTo = state.Journal.Status.LastPosition;
        foreach (var seat in state.Roster.Seats)
        {
            seat.IsHalted = false;
            seat.Context = seat.Context with { Journal = state.Journal };
            seat.Actor?.Tell(new GoOnWith(state.Journal, state.Distribution.HandedUpTo), pool);
        }
    }

    private void Answer(object answer)
    {
        var asker = _current!.Asker;
        _current = null;
        asker.Tell(answer, pool);
        GoOn();
    }
}
