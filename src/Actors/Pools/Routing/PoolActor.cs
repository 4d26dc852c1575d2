using Sluice.Actors.Pools.Sending;
using Sluice.Actors.Pools.Watching;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Routing;

/// <summary>
/// Routes each send to all exporters of the pool: has it saved, hands it over and answers. It supervises the exporters, one child per sink, and starts
/// a crashed one again after a pause.
/// </summary>
internal sealed class PoolActor : ReceiveActor, IWithTimers, IWithUnboundedStash, IDisposable
{
    private const string OpenLater = "open";
    private static readonly TimeSpan JournalPause = TimeSpan.FromSeconds(1);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly PoolState _state;
    private readonly Admission _admission;
    private readonly Commits _commits;
    private readonly ResendRounds _rounds;
    private readonly PoolChanges _changes;
    private PoolEnd _end = null!;
    private ExporterStarts _starts = null!;
    private SlowSinks _slow = null!;
    private bool _isCommitAsked;

    public PoolActor(PoolSetup setup)
    {
        _state = new PoolState(setup, Self);
        _admission = new Admission(_state, Self);
        _commits = new Commits(_state, Self);
        _rounds = new ResendRounds(_state.Roster, Self);
        _changes = new PoolChanges(_state, seat => _starts.Start(seat), Self);
        foreach (var exporter in setup.Exporters)
        {
            _state.Roster.Add(exporter, setup.Journal, setup.Journal.Status.LastSequence);
        }

        Become(Opening);
    }

    public IStash Stash { get; set; } = null!;

    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => _commits.Dispose();

    protected override void PreStart()
    {
        _end = new PoolEnd(_state, Timers, Self);
        _starts = new ExporterStarts(_state, _end, Context, Timers);
        _slow = new SlowSinks(_state, Timers);
        JournalSinks.AgreeAsync(_state).PipeTo(Self);
        if (_state.Settings.StalledAfter is { Ticks: > 0 } stalledAfter)
        {
            var (trends, self) = (_state.Trends, Self);
            Context.ActorOf(Props.Create(() => new StallWatch(stalledAfter, trends, self)), StallWatch.Name);
        }

        if (_state.Settings.WarnBeforeFull is { Ticks: > 0 } warnBefore)
        {
            var (fill, self) = (_state.Fill, Self);
            Context.ActorOf(Props.Create(() => new FillWatch(warnBefore, fill, self)), FillWatch.Name);
        }
    }

    protected override void PostStop() => _commits.Stop();

    /// <summary>A crashed exporter is stopped, and started again by the pool after a pause that grows: its place is in the journal.</summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    /// <summary>The journal is told who the exporters are. Sends wait for that in the intake, everything else in the stash.</summary>
    private void Opening()
    {
        Receive<Opened>(OnOpened);
        Receive<OpenAgain>(_ => JournalSinks.AgreeAsync(_state).PipeTo(Self));
        Receive<Send>(message => Take(PendingSend.One(Sender, message)));
        Receive<SendMany>(message => Take(PendingSend.Many(Sender, message)));
        Receive<GetStatus>(_ => StatusReport.OfAsync(_state, _admission.Refused).PipeTo(Sender, Self));
        ReceiveEnd();
        ReceiveAny(_ => Stash.Stash());
    }

    private void Running()
    {
        ReceiveSends();
        ReceiveReports();
        ReceiveQuestions();
        ReceiveChanges();
        ReceiveEnd();
    }

    private void ReceiveSends()
    {
        Receive<Send>(message => Take(PendingSend.One(Sender, message)));
        Receive<SendMany>(message => Take(PendingSend.Many(Sender, message)));
        Receive<SaveUnsentData>(OnSaveUnsentData);
        Receive<BeginCommit>(_ => OnBeginCommit());
        Receive<AppendAdmitted>(OnAdmitted);
        Receive<Commit>(OnCommitted);
        Receive<SequencesReserved>(OnNumbered);
    }

    private void ReceiveReports()
    {
        Receive<Results>(message => _state.Distribution.Waiters.Take(message, _state.Roster.Required, Self));
        Receive<Progressed>(message => _state.Turns.Take(message));
        Receive<UnsentDataResult>(message => _rounds.Take(message));
        Receive<LeftBehind>(message => _state.Roster.Find(message.Exporter)?.Missed.AddRange(message.Entries));
        Receive<LookForSlow>(_ => _slow.Look());
        Receive<Terminated>(message => OnTerminated(message.ActorRef));
        Receive<StartExporter>(message => _starts.Start(message.Seat));
    }

    private void ReceiveQuestions()
    {
        Receive<GetStatus>(_ => StatusReport.OfAsync(_state, _admission.Refused).PipeTo(Sender, Self));
        Receive<HasUnsentData>(_ => StatusReport.UnsentAsync(_state).PipeTo(Sender, Self));
        Receive<SendUnsentData>(message => _rounds.Begin(message, Sender, _state.MoveHead()));
    }

    private void ReceiveChanges()
    {
        Receive<AddExporter>(Change);
        Receive<AddMadeExporter>(Change);
        Receive<RemoveExporter>(Change);
        Receive<SetUseMemory>(Change);
        Receive<RedriveDeadLetters>(Change);
        Receive<DropDeadLetters>(Change);
        Receive<ChangeWritten>(OnChangeWritten);
    }

    private void ReceiveEnd()
    {
        Receive<Drain>(message => _end.Begin(message, Sender));
        Receive<Flushed>(message => OnFlushed(message.Exporter));
        Receive<Halted>(message => OnHalted(message.Exporter));
        Receive<DrainTimedOut>(_ => OnDrainTimedOut());
        Receive<HaltTimedOut>(_ => _end.Close());
        Receive<Closed>(OnClosed);
    }

    private void OnOpened(Opened opened)
    {
        _admission.Fault = opened.Fault?.Message;
        if (opened.Fault is { } fault)
        {
            _log.Error(fault, "The journal of pool '{0}' does not take its exporters; sends are refused until it does.", _state.Settings.Name);
            _state.Intake.RefuseAll(new(RefusalReason.JournalFailed, fault.Message), Self);
            Timers.StartSingleTimer(OpenLater, OpenAgain.Instance, JournalPause);
            return;
        }

        _state.IsOpen = true;
        _state.Distribution.HandedUpTo = _state.Journal.Status.LastPosition;
        Become(Running);
        foreach (var seat in _state.Roster.Seats)
        {
            _starts.Start(seat);
        }

        Stash.UnstashAll();
        Commit();
    }

    private void Take(PendingSend send)
    {
        if (_admission.Takes(send))
        {
            _state.Intake.Add(send);
            CommitSoon();
        }
    }

    /// <summary>Sends that have arrived together go into one commit: it begins once the mailbox has given out what it holds.</summary>
    private void CommitSoon()
    {
        if (!_isCommitAsked)
        {
            _isCommitAsked = true;
            Self.Tell(BeginCommit.Instance);
        }
    }

    private void OnBeginCommit()
    {
        _isCommitAsked = false;
        Commit();
    }

    private void OnSaveUnsentData(SaveUnsentData message)
    {
        if (_state.Roster.Find(message.Exporter) is { IsShadow: false, Leaving: null })
        {
            Take(PendingSend.ByHand(Sender, message));
        }
        else
        {
            var problem = $"The pool '{_state.Settings.Name}' has no exporter '{message.Exporter}' that anything could be saved for.";
            Sender.Tell(new SendAnswer.Refused(RefusalReason.NoExporter, problem));
        }
    }

    private void OnAdmitted(AppendAdmitted message)
    {
        _commits.Admitted(message);
        Commit();
    }

    private void OnCommitted(Commit message)
    {
        _commits.Ended(message);
        Commit();
    }

    private void OnNumbered(SequencesReserved message)
    {
        _commits.Take(message);
        Commit();
    }

    /// <summary>The next sends go to the journal before those it has committed are handed out, so that the disk does not wait for that.</summary>
    private void Commit()
    {
        _commits.Begin();
        while (_commits.TryTake(out var commit))
        {
            Take(commit);
            _commits.Begin();
        }
    }

    private void Take(Commit commit)
    {
        if (commit.Fault is null)
        {
            _state.Distribution.Hand(commit);
            _state.Turns.Handed(_state.Distribution.LastOrder);
            _slow.LookLater();
        }
        else
        {
            Refuse(commit, commit.Fault);
        }

        _changes.GoOn();
        _end.GoOn();
    }

    private void Refuse(Commit commit, Exception fault)
    {
        if (commit.IsOverLimit && commit.Sends.Count > 1)
        {
            _state.Intake.TryEachAlone(commit.Sends);
            return;
        }

        var reason = commit.IsOverLimit ? RefusalReason.JournalFull
            : fault is OperationCanceledException ? RefusalReason.Stopping
            : RefusalReason.JournalFailed;
        foreach (var send in commit.Sends)
        {
            _admission.Refuse(send, new(reason, fault.Message));
        }
    }

    private void OnTerminated(IActorRef actor)
    {
        if (_state.Roster.Seats.FirstOrDefault(seat => actor.Equals(seat.Actor)) is not { } seat)
        {
            return;
        }

        seat.Actor = null;
        _rounds.GiveUpOn(seat.Name, _state.Journal.Status.Sinks.GetValueOrDefault(seat.Name)?.Pending ?? 0);
        var why = seat.Leaving is null ? "The exporter has crashed and is being started again." : "The exporter has left the pool.";
        _state.Distribution.Waiters.GiveUpOn(seat.Name, why, seat.FateOfMissing, _state.Roster.Required, Self);
        if (_end.IsHalting)
        {
            _end.CloseOnceAllHalted();
        }
        else
        {
            _changes.Gone(seat);
            if (seat.Leaving is null)
            {
                _starts.RestartLater(seat);
            }
        }
    }

    private void Change<T>(T message)
        where T : notnull
    {
        if (_state.IsDraining)
        {
            Sender.Tell(new PoolChangeRefused($"The pool '{_state.Settings.Name}' is stopping."));
        }
        else
        {
            _changes.Ask(message, Sender);
        }
    }

    private void OnChangeWritten(ChangeWritten end)
    {
        _changes.Written(end);
        Commit();
    }

    private void OnFlushed(string exporter)
    {
        if (_state.Roster.Find(exporter) is { } seat)
        {
            seat.IsFlushed = true;
            _end.GoOn();
        }
    }

    private void OnHalted(string exporter)
    {
        if (_state.Roster.Find(exporter) is not { } seat)
        {
            return;
        }

        if (_end.IsHalting)
        {
            seat.IsHalted = true;
            _end.CloseOnceAllHalted();
        }
        else
        {
            _changes.Halted(seat, Context.Stop);
        }
    }

    private void OnDrainTimedOut()
    {
        _commits.Stop();
        _state.Intake.RefuseAll(new(RefusalReason.Stopping, $"The pool '{_state.Settings.Name}' stopped before the journal took it."), Self);
        _end.Halt();
    }

    private void OnClosed(Closed closed)
    {
        foreach (var fault in _end.Faults)
        {
            _log.Warning("Pool '{0}' could not close everything: {1}", _state.Settings.Name, fault.Message);
        }

        _end.Answer(closed);
        Context.Stop(Self);
    }
}
