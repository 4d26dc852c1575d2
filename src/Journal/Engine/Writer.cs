using System.Threading.Channels;
using Sluice.Journal.Errors;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Engine;

/// <summary>
/// The one that writes. It takes all calls that wait, decides what they change, writes that in one commit, and only then completes them:
/// so many senders share a commit, and one alone does not wait for others. A commit that fails fails its calls, and the state is read anew.
/// </summary>
internal sealed class Writer
{
    private const int MostTurnsWithoutTidying = 64;

    // Closing does not wait for a large file to shrink: the next opening goes on.
    private const int MostStepsAtClose = 64;

    private readonly IJournalStore _store;
    private readonly JournalSettings _settings;
    private readonly TimeProvider _time;
    private readonly Channel<JournalRequest> _requests;
    private readonly Queue<AppendRequest> _blocked = new();
    private readonly Queue<SettleRequest> _again = new();
    private readonly List<JournalRequest> _decided = [];
    private readonly CommitPlan _plan = new();
    private readonly Settler _settler;
    private readonly Admission _admission;
    private readonly Acknowledgements _acknowledgements;
    private PoolState _pool;
    private JournalException? _final;

    // Set while what the store holds is unknown, because it could not be asked since a commit failed.
    private JournalException? _outage;
    private JournalRequest? _inHand;
    private long _pendingBytes;
    private bool _moreToDo;
    private int _turnsWithoutTidying;
    private int _stepsAtClose;
    private bool _needsRetirement = true;

    // Written by the writer, read by anybody.
    private long _commits;
    private long _appended;
    private long _settled;
    private long _rejected;
    private long _failures;
    private int _blockedCount;

    public Writer(IJournalStore store, JournalSettings settings, StoredState state, TimeProvider time)
    {
        (_store, _settings, _time) = (store, settings, time);
        _requests = Channel.CreateBounded<JournalRequest>(new BoundedChannelOptions(settings.QueuedCalls) { SingleReader = true });
        _settler = new Settler(store, _plan, time);
        Messages = new MessageMemory(store, _plan, settings.MessageIds);
        _admission = new Admission(store.Where, settings, _plan, Messages, time);
        Membership = new Membership(store, _plan, _settler);
        Graveyard = new Graveyard(store, settings, _plan, time);
        _pool = new PoolState(state);
        _acknowledgements = new Acknowledgements(store, _pool.Publish([.. _pool.Sinks]));
        _moreToDo = true;
    }

    public Membership Membership { get; }

    public Graveyard Graveyard { get; }

    public MessageMemory Messages { get; }

    public ChannelWriter<JournalRequest> Requests => _requests.Writer;

    public PoolView View => _acknowledgements.View;

    public JournalCounters Counters => new(
        Interlocked.Read(ref _commits),
        Interlocked.Read(ref _appended),
        Interlocked.Read(ref _settled),
        Interlocked.Read(ref _rejected),
        Volatile.Read(ref _blockedCount),
        Interlocked.Read(ref _failures));

    /// <summary>The state that decisions of a <see cref="StateRequest{T}"/> work on.</summary>
    public PoolState Pool => _pool;

    public CommitPlan Plan => _plan;

    /// <summary>Runs until the requests end and all of them are answered.</summary>
    public async Task RunAsync()
    {
        while (_moreToDo || MayAdmitBlocked() || await _requests.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            await TakeTurnAsync().ConfigureAwait(false);
        }

        await _acknowledgements.CompleteAsync().ConfigureAwait(false);
        while (_blocked.TryDequeue(out var request))
        {
            Unblock(request).Fail(new JournalClosedException(_store.Where));
        }
    }

    private bool MayAdmitBlocked() => _outage is null && _blocked.TryPeek(out var next) && _admission.HasRoom(_pool, next);

    private async ValueTask TakeTurnAsync()
    {
        try
        {
            await _acknowledgements.HaveRoomAsync().ConfigureAwait(false);
            if (_final is null && _acknowledgements.Fault is { } fault)
            {
                GiveUp(fault);
            }

            await EndOutageAsync().ConfigureAwait(false);
            await SettleAgainAsync().ConfigureAwait(false);
            await AdmitBlockedAsync().ConfigureAwait(false);
            while (_plan.Items.Count < _settings.CommitItems && _pendingBytes < _settings.CommitBytes && _requests.Reader.TryRead(out var request))
            {
                await DecideAsync(request).ConfigureAwait(false);
            }

            await CommitAsync().ConfigureAwait(false);
            await WorkOnAsync().ConfigureAwait(false);
        }
        catch (JournalException failure)
        {
            await RecoverAsync(failure).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            await RecoverAsync(new JournalUnavailableException(_store.Where, fault.Message, fault)).ConfigureAwait(false);
        }
    }

    private async ValueTask DecideAsync(JournalRequest request)
    {
        if (_final is not null)
        {
            request.Fail(_final);
            return;
        }

        _inHand = request;
        switch (request)
        {
            case AppendRequest append:
                await DecideAsync(append).ConfigureAwait(false);
                break;
            case SettleRequest settle:
                await DecideAsync(settle).ConfigureAwait(false);
                break;
            case RetentionDue:
                (_needsRetirement, _moreToDo) = (true, true);
                break;
            case IDecision decision:
                await DecideAloneAsync(request, decision).ConfigureAwait(false);
                break;
        }

        _inHand = null;
    }

    private async ValueTask DecideAsync(AppendRequest append)
    {
        if (append.CancellationToken.IsCancellationRequested)
        {
            append.Fail(new OperationCanceledException(append.CancellationToken));
            return;
        }

        try
        {
            append.Gather();
            _admission.RefuseTheImpossible(append);
            _admission.AudienceOf(_pool, append.OwedTo);
        }
        catch (JournalException refusal)
        {
            append.Fail(refusal);
            return;
        }

        await Messages.RecallAsync(append).ConfigureAwait(false);
        if (_blocked.Count == 0 && await HasRoomAsync(append).ConfigureAwait(false))
        {
            Admit(append);
        }
        else if (_settings.WhenFull == WhenFull.Reject)
        {
            Interlocked.Add(ref _rejected, append.Count);
            append.Fail(_admission.Full(_pool));
        }
        else
        {
            Block(append);
        }
    }

    private async ValueTask<bool> HasRoomAsync(AppendRequest append)
    {
        if (_admission.HasRoom(_pool, append) || _settings.WhenFull != WhenFull.DropOldest)
        {
            return _admission.HasRoom(_pool, append);
        }

        // The oldest may be among those about to be committed: they must be rows before they can be dropped.
        await CommitAsync().ConfigureAwait(false);
        var overflow = new Overflow(_store, _settler);
        while (!_admission.HasRoom(_pool, append))
        {
            await overflow.DropSomeAsync(_pool, _admission.MissingRoom(_pool, append)).ConfigureAwait(false);
            await CommitAsync().ConfigureAwait(false);
        }

        return true;
    }

    private void Admit(AppendRequest append)
    {
        try
        {
            append.Result = _admission.Admit(_pool, append);
        }
        catch (UnknownSinkException refusal)
        {
            append.Fail(refusal);
            return;
        }

        _pendingBytes += append.Bytes;
        _decided.Add(append);
        append.Admitted?.Invoke();
    }

    private void Block(AppendRequest append)
    {
        append.Wakeup = append.CancellationToken.UnsafeRegister(static state => ((Writer)state!).Requests.TryWrite(WakeUp.Request), this);
        _blocked.Enqueue(append);
        Volatile.Write(ref _blockedCount, _blocked.Count);
    }

    private AppendRequest Unblock(AppendRequest append)
    {
        append.Wakeup.Dispose();
        Volatile.Write(ref _blockedCount, _blocked.Count);
        return append;
    }

    /// <summary>Lets in, in their order, those for whom there is room now, and lets go those who gave up.</summary>
    private async ValueTask AdmitBlockedAsync()
    {
        if (_blocked.Count > 0 && _blocked.Any(waiting => waiting.CancellationToken.IsCancellationRequested))
        {
            for (var count = _blocked.Count; count > 0; count--)
            {
                var waiting = _blocked.Dequeue();
                if (waiting.CancellationToken.IsCancellationRequested)
                {
                    Unblock(waiting).Fail(new OperationCanceledException(waiting.CancellationToken));
                }
                else
                {
                    _blocked.Enqueue(waiting);
                }
            }
        }

        while (_blocked.TryPeek(out var next))
        {
            await Messages.RecallAsync(next).ConfigureAwait(false);
            if (!await HasRoomAsync(next).ConfigureAwait(false))
            {
                return;
            }

            Admit(Unblock(_blocked.Dequeue()));
        }
    }

    private async ValueTask DecideAsync(SettleRequest settle)
    {
        if (_pool.Find(settle.Sink) is not { } sink)
        {
            settle.Fail(new UnknownSinkException(_store.Where, settle.Sink, _pool.Sinks.Select(known => known.Name)));
            return;
        }

        settle.Result = await _settler.SettleAsync(_pool, sink, settle.Outcomes).ConfigureAwait(false);
        _decided.Add(settle);
    }

    private async ValueTask DecideAloneAsync(JournalRequest request, IDecision decision)
    {
        await CommitAsync().ConfigureAwait(false);
        try
        {
            await decision.DecideAsync().ConfigureAwait(false);
        }
        catch (UnknownSinkException refusal)
        {
            request.Fail(refusal);
            return;
        }

        _decided.Add(request);
        _inHand = null;
        _plan.MustSync = true;
        _admission.Forget();
        await CommitAsync().ConfigureAwait(false);
        _moreToDo = true;
    }

    private async ValueTask CommitAsync()
    {
        if (!_plan.IsEmpty)
        {
            await _store.CommitAsync(_pool, _plan).ConfigureAwait(false);
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _appended, _plan.Items.Count);
            Interlocked.Add(ref _settled, _plan.Settled);
            _needsRetirement |= _plan.DeadLetters.Count > 0;
            _moreToDo |= _plan.DeadLetters.Count > 0 || _plan.Deletions.Count > 0;
            _acknowledgements.Written(_pool.Publish(_plan.Sinks), _decided, _plan.MustSync);
            foreach (var sink in _plan.Sinks)
            {
                sink.Settled.ForgetTouched();
                sink.TouchedReasons.Clear();
            }
        }

        else if (_decided.Count > 0)
        {
            _acknowledgements.Written(view: null, _decided, _plan.MustSync);
        }

        _plan.Clear();
        _pendingBytes = 0;
        _decided.Clear();
    }

    /// <summary>One bounded step of what nobody waits for: leaving sinks, retention, giving space back.</summary>
    private async ValueTask WorkOnAsync()
    {
        if (!_moreToDo || _final is not null)
        {
            _moreToDo = false;
            return;
        }

        var leaving = _pool.Sinks.FirstOrDefault(sink => sink.Standing == SinkStanding.Leaving);
        if (leaving is not null)
        {
            await Membership.StepAsync(_pool, leaving).ConfigureAwait(false);
            _plan.MustSync = true;
            await CommitAsync().ConfigureAwait(false);
            return;
        }

        if (_needsRetirement)
        {
            _needsRetirement = await Graveyard.RetireAsync(_pool).ConfigureAwait(false) == Graveyard.RetiredPerStep;
            await CommitAsync().ConfigureAwait(false);
            return;
        }

        await TidyAsync().ConfigureAwait(false);
    }

    /// <summary>Gives space back when there is nothing better to do, and now and then when there always is.</summary>
    private async ValueTask TidyAsync()
    {
        if (_requests.Reader.Count > 0 && ++_turnsWithoutTidying < MostTurnsWithoutTidying)
        {
            return;
        }

        _turnsWithoutTidying = 0;
        _moreToDo = await _store.TidyAsync().ConfigureAwait(false)
            && (!_requests.Reader.Completion.IsCompleted || ++_stepsAtClose < MostStepsAtClose);
    }

    private async ValueTask RecoverAsync(JournalException failure)
    {
        Interlocked.Increment(ref _failures);
        FailDecided(failure);
        _inHand?.Fail(failure);
        _inHand = null;
        _plan.Clear();
        _pendingBytes = 0;
        _moreToDo = _again.Count > 0;
        _admission.Forget();
        if (failure is JournalDamagedException or JournalFencedException)
        {
            GiveUp(failure);
        }
        else if (!await TryReloadAsync().ConfigureAwait(false))
        {
            RefuseWaiting(failure);
        }
    }

    /// <summary>A settlement does not fail for want of the space that appends beside it needed: it is tried once more without them.</summary>
    private void FailDecided(JournalException failure)
    {
        var withAppends = failure is JournalDiskFullException && _plan.Items.Count > 0;
        foreach (var request in _decided)
        {
            if (withAppends && request is SettleRequest { IsSecondTry: false } settle)
            {
                settle.IsSecondTry = true;
                _again.Enqueue(settle);
            }
            else
            {
                request.Fail(failure);
            }
        }

        _decided.Clear();
    }

    private async ValueTask SettleAgainAsync()
    {
        while (_again.TryDequeue(out var settle))
        {
            await DecideAsync((JournalRequest)settle).ConfigureAwait(false);
            await CommitAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask EndOutageAsync()
    {
        if (_outage is not null && _final is null)
        {
            _pool = new PoolState(await _store.LoadAsync().ConfigureAwait(false));
            _outage = null;
        }
    }

    private async ValueTask<bool> TryReloadAsync()
    {
        try
        {
            _pool = new PoolState(await _store.LoadAsync().ConfigureAwait(false));
            _outage = null;
            return true;
        }
        catch (JournalException unanswered)
        {
            if (unanswered is JournalDamagedException or JournalFencedException)
            {
                GiveUp(unanswered);
            }

            _outage = unanswered;
            return false;
        }
    }

    /// <summary>Without its state the writer may decide nothing: who waits is told at once, and the next call asks the store again.</summary>
    private void RefuseWaiting(JournalException failure)
    {
        for (var waiting = _requests.Reader.Count; waiting > 0 && _requests.Reader.TryRead(out var request); waiting--)
        {
            request.Fail(_final ?? failure);
        }

        while (_again.TryDequeue(out var settle))
        {
            settle.Fail(_final ?? failure);
        }

        _moreToDo = false;
    }

    private void GiveUp(JournalException failure)
    {
        _final = failure;
        if (failure is JournalDamagedException)
        {
            _store.NoteDamage();
        }

        while (_blocked.TryDequeue(out var waiting))
        {
            Unblock(waiting).Fail(failure);
        }

        while (_again.TryDequeue(out var settle))
        {
            settle.Fail(failure);
        }
    }
}
