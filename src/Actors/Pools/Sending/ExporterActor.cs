using Sluice.Journal;
using Sluice.Messages.Pools;

namespace Sluice.Actors.Pools.Sending;

/// <summary>
/// Sends one sink what it is owed. It has its own queue, place in the journal, pace and schedule, so that nothing its sink does reaches another;
/// <see cref="Outbox"/> decides, the actor carries out. It keeps nothing that matters: when it crashes, its successor reads the journal again.
/// </summary>
internal sealed class ExporterActor : ReceiveActor, IWithTimers
{
    private const string Wake = "wake";
    private const string WriteAgain = "write-again";
    private static readonly TimeSpan JournalPause = TimeSpan.FromSeconds(1);

    private readonly ExporterContext _context;
    private readonly ExporterCounters _counters;
    private readonly Outbox _outbox;
    private readonly ProgressReport _progress;
    private readonly Queue<(IActorRef Asker, long Ended)> _questions = new();
    private readonly HashSet<Batch> _begunBefore = [];

    private IJournal _journal;
    private TimeLeft _time;
    private bool _isReading;
    private bool _isFlushing;
    private bool _isHalting;
    private bool _isLast;
    private long? _rewindsTo;
    private long _wakesAt;

    /// <param name="context">What to send to, and how.</param>
    /// <param name="counters">What was done by earlier incarnations.</param>
    /// <param name="journal">Where what is owed lies.</param>
    /// <param name="head">Its last position that will not be handed over.</param>
    public ExporterActor(ExporterContext context, ExporterCounters counters, IJournal journal, long head)
    {
        _context = context;
        _counters = counters;
        _journal = journal;
        _outbox = new Outbox(context, counters);
        _time = TimeLeft.Endless(context.Time);
        _progress = new ProgressReport(context, _outbox, Context.Parent);
        _outbox.Begin(head, OwesAnything());

        Receive<Handover>(message => Do(() => _outbox.Hand(message.Entries)));
        Receive<OwedMore>(message => Do(() => _outbox.OwesMore(message.UpTo)));
        Receive<Released>(message => Do(() => _outbox.Release(message.UpTo)));
        Receive<Relieved>(message => Do(() => _outbox.Relieve(message.Relief)));
        Receive<AttemptEnded>(message => Do(() => OnAttemptEnded(message)));
        Receive<SuspectProbed>(message => Do(() => _outbox.Probed(message.Suspect, message.IsReachable)));
        Receive<Pump>(_ => Do(() => { }));
        Receive<BacklogRead>(message => Do(() => OnBacklogRead(message)));
        Receive<SettlementsWritten>(message => Do(() => OnSettlementsWritten(message)));
        Receive<SpillWritten>(message => Do(() => OnSpillWritten(message)));
        Receive<SendSaved>(message => Do(() => OnSendSaved(message)));
        Receive<ReadAgain>(message => Do(() => WantRewind(message.Head)));
        Receive<GetStatus>(_ => Do(() => _questions.Enqueue((Sender, _outbox.Aftermath.Settlements.Ended))));
        Receive<Flush>(_ => Do(OnFlush));
        Receive<Halt>(message => Do(() => OnHalt(message)));
        Receive<GoOnWith>(message => Do(() => OnGoOnWith(message)));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() => Self.Tell(Pump.Instance);

    protected override void PostStop()
    {
        _time.End();
        if (_context.Save is SaveMode.OnFailure && _outbox.TakeUnsaved() is { Count: > 0 } entries)
        {
            Context.Parent.Tell(new LeftBehind(_context.Name, entries));
        }
    }

    /// <summary>Every message ends by doing all that has become possible through it.</summary>
    private void Do(Action handle)
    {
        handle();
        if (!_isHalting)
        {
            Rewind();
            SendWhatIsDue();
            ReadBacklog();
        }

        Write();
        Report();
    }

    private void SendWhatIsDue()
    {
        while (_outbox.TakeSuspect() is { } suspect)
        {
            NewAttempt().ProbeAsync(suspect).PipeTo(Self);
        }

        TimeSpan wait;
        while (_outbox.TryTake(out var batch, out var isProbe, out wait))
        {
            NewAttempt().RunAsync(batch, isProbe).PipeTo(Self);
        }

        if (wait > TimeSpan.Zero)
        {
            WakeIn(wait);
        }
    }

    private Attempt NewAttempt() => new(_context.Sink, _context.Settings.Timeout, _context.Time, _time.ToSend);

    private void WakeIn(TimeSpan wait)
    {
        var at = _context.Time.GetTimestamp() + (long)(wait.TotalSeconds * _context.Time.TimestampFrequency);
        if (!Timers.IsTimerActive(Wake) || at < _wakesAt)
        {
            _wakesAt = at;
            Timers.StartSingleTimer(Wake, Pump.Instance, wait);
        }
    }

    private void ReadBacklog()
    {
        if (!_isReading && !_outbox.Aftermath.Settlements.AreFarBehind && _outbox.Ahead.RoomToRead is > 0 and var room)
        {
            _isReading = true;
            ReadAsync(_journal, _outbox.Ahead.Gaps.First.After, room).PipeTo(Self);
        }
    }

    private async Task<BacklogRead> ReadAsync(IJournal journal, long after, long room)
    {
        try
        {
            var most = Math.Max(_context.Settings.Batch.Size * 4, 256);
            return new(journal, await journal.ReadOwedAsync(_context.Name, after, most, room, _time.ToSend).ConfigureAwait(false), null);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return new(journal, [], fault);
        }
    }

    private void OnBacklogRead(BacklogRead read)
    {
        _isReading = false;
        if (read.Journal != _journal || _outbox.Ahead.Gaps.IsEmpty)
        {
            return;
        }

        if (read.Fault is not null)
        {
            throw new ExporterFailedException(_context.Name, read.Fault);
        }

        _outbox.Ahead.Take([.. read.Items.Select(JournalItems.ToEntry)]);
    }

    private void Write()
    {
        if (!Timers.IsTimerActive(WriteAgain))
        {
            _outbox.Aftermath.Settlements.Write(_journal)?.PipeTo(Self);
        }

        if (_outbox.MaySpill)
        {
            _outbox.Aftermath.Spill.Write(_journal, _time.ToSave)?.PipeTo(Self);
        }
    }

    private void OnSettlementsWritten(SettlementsWritten end)
    {
        _outbox.Aftermath.Settlements.Written(end);
        if (end.Fault is not null)
        {
            _counters.LastError = $"The journal cannot be written: {end.Fault.Message}";
            Timers.StartSingleTimer(WriteAgain, Pump.Instance, JournalPause);
        }
    }

    private void OnSpillWritten(SpillWritten end)
    {
        if (_outbox.Aftermath.Saved(end) is > 0 and var last)
        {
            _outbox.OwesMore(last);
        }
    }

    private void OnAttemptEnded(AttemptEnded end)
    {
        _outbox.Ended(end);
        if (_begunBefore.Remove(end.Batch))
        {
            _outbox.HurryUp();
        }
    }

    private void OnSendSaved(SendSaved message)
    {
        // What fails of an attempt that is on its way has not been tried since somebody asked for it.
        _begunBefore.UnionWith(_outbox.Outstanding.All);
        _outbox.HurryUp();
        _outbox.Aftermath.Resends.Add(new Resend(Sender, message.UpTo));
        if (_context.ManualReexport)
        {
            WantRewind(message.UpTo);
        }
        else
        {
            _outbox.OwesMore(message.UpTo);
        }
    }

    private void WantRewind(long head) => _rewindsTo = Math.Max(head, _rewindsTo ?? 0);

    private void Rewind()
    {
        if (_rewindsTo is { } head && !_isReading && _outbox.Outstanding.Batches == 0 && _outbox.Aftermath.Settlements.AreWritten)
        {
            _rewindsTo = null;
            _outbox.Rewind(head);
        }
    }

    private void OnFlush()
    {
        _isFlushing = true;
        _outbox.Flush();
    }

    private void OnHalt(Halt halt)
    {
        (_isHalting, _isLast) = (true, halt.IsLast);
        _time.Halt(halt.Grace);
        if (halt.SavesMemory)
        {
            _outbox.SaveAll("The pool stopped before it was sent.");
        }
    }

    private void OnGoOnWith(GoOnWith message)
    {
        _isHalting = false;
        _journal = message.Journal;
        _time.Dispose();
        _time = TimeLeft.Endless(_context.Time);
        _outbox.GoOn(message.Head, OwesAnything());
    }

    private void Report()
    {
        _progress.Tell(Self);
        AnswerResends();
        AnswerQuestions();
        var isSettled = _outbox.Aftermath.Settlements.AreWritten || (_isLast && Timers.IsTimerActive(WriteAgain));
        var isQuiet = isSettled && _outbox.Aftermath.Spill.IsWritten && _outbox.Outstanding.Batches == 0;
        if (_isHalting && isQuiet)
        {
            Context.Parent.Tell(new Halted(_context.Name));
        }
        else if (_isFlushing && isQuiet && _outbox.IsDone)
        {
            Context.Parent.Tell(new Flushed(_context.Name));
        }
    }

    private void AnswerResends()
    {
        var resends = _outbox.Aftermath.Resends;
        if (resends.Count == 0 || _rewindsTo is not null || _isReading || !_outbox.Aftermath.Settlements.AreWritten)
        {
            return;
        }

        foreach (var resend in resends.Where(resend => !_outbox.HasUntried(resend.UpTo)).ToArray())
        {
            resends.Remove(resend);
            resend.Answer(Self, _context.Name, Ledger()?.Pending ?? 0, _counters.LastError);
        }
    }

    /// <summary>A status says what is owed as of the last commit: what had ended before the question is to be in that commit, if it can be written.</summary>
    private void AnswerQuestions()
    {
        var written = Timers.IsTimerActive(WriteAgain) ? long.MaxValue : _outbox.Aftermath.Settlements.WrittenSoFar;
        while (_questions.TryPeek(out var question) && question.Ended <= written)
        {
            _questions.Dequeue().Asker.Tell(_progress.Status(_counters, Ledger()));
        }
    }

    private bool OwesAnything() => Ledger() is { Pending: > 0 };

    private Journal.Reports.SinkStatus? Ledger() => _journal.Status.Sinks.GetValueOrDefault(_context.Name);
}
