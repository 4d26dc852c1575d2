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
    private static readonly TimeSpan TidyEvery = TimeSpan.FromSeconds(1);

    private readonly IJournalStore _store;
    private readonly JournalSettings _settings;
    private readonly Channel<JournalRequest> _requests;
    private readonly WorkInHand _work;
    private readonly WaitingRoom _waiting;
    private readonly Setbacks _setbacks;
    private readonly Housekeeping _housekeeping;
    private readonly Settler _settler;
    private readonly Admission _admission;
    private readonly Appends _appends;
    private readonly Acknowledgements _acknowledgements;
    private readonly WriterTally _tally = new();
    private readonly ITimer _tick;

    public Writer(IJournalStore store, JournalSettings settings, StoredState state, TimeProvider time)
    {
        (_store, _settings) = (store, settings);
        _requests = Channel.CreateBounded<JournalRequest>(new BoundedChannelOptions(settings.QueuedCalls) { SingleReader = true });
        _work = new WorkInHand(new PoolState(state));
        _waiting = new WaitingRoom(_requests.Writer);
        _setbacks = new Setbacks(store, _work, _waiting, _requests.Reader);
        _settler = new Settler(store, Plan, time);
        Messages = new MessageMemory(store, Plan, settings.MessageIds);
        _admission = new Admission(store.Where, settings, Plan, Messages, time);
        _appends = new Appends(settings, _work, _waiting, _admission, Messages, new Overflow(store, _settler), _tally, CommitAsync);
        Membership = new Membership(store, Plan, _settler);
        Graveyard = new Graveyard(store, settings, Plan, time);
        _tick = time.CreateTimer(static writer => ((Writer)writer!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _housekeeping = new Housekeeping(store, _work, Membership, Graveyard, TickLater);
        _acknowledgements = new Acknowledgements(store, Pool.Publish([.. Pool.Sinks]));
    }

    public Membership Membership { get; }

    public Graveyard Graveyard { get; }

    public MessageMemory Messages { get; }

    public ChannelWriter<JournalRequest> Requests => _requests.Writer;

    public PoolView View => _acknowledgements.View;

    public JournalCounters Counters => _tally.With(_waiting.Count);

    /// <summary>The state that decisions of a <see cref="StateRequest{T}"/> work on.</summary>
    public PoolState Pool => _work.Pool;

    public CommitPlan Plan => _work.Plan;

    /// <summary>Runs until the requests end and all of them are answered.</summary>
    public async Task RunAsync()
    {
        while (_housekeeping.HasMore
            || _setbacks.HasSecondTries
            || (!_setbacks.IsOutage && _appends.MayAdmitWaiting)
            || await _requests.Reader.WaitToReadAsync().ConfigureAwait(false)
            || _housekeeping.WantsToTidy)
        {
            await TakeTurnAsync().ConfigureAwait(false);
        }

        await _tick.DisposeAsync().ConfigureAwait(false);
        await _acknowledgements.CompleteAsync().ConfigureAwait(false);
        _waiting.FailAll(new JournalClosedException(_store.Where));
    }

    private void TickLater() => _tick.Change(TidyEvery, Timeout.InfiniteTimeSpan);

    private void Tick()
    {
        if (!Requests.TryWrite(WakeUp.Request))
        {
            TickLater();
        }
    }

    private async ValueTask TakeTurnAsync()
    {
        try
        {
            await _acknowledgements.HaveRoomAsync().ConfigureAwait(false);
            if (_setbacks.Final is null && _acknowledgements.Fault is { } fault)
            {
                _setbacks.GiveUp(fault);
            }

            await _setbacks.EndOutageAsync().ConfigureAwait(false);
            await SettleAgainAsync().ConfigureAwait(false);
            await _appends.AdmitWaitingAsync().ConfigureAwait(false);
            while (Plan.Items.Count < _settings.CommitItems && _work.Bytes < _settings.CommitBytes && _requests.Reader.TryRead(out var request))
            {
                await DecideAsync(request).ConfigureAwait(false);
            }

            await CommitAsync().ConfigureAwait(false);
            await KeepHouseAsync().ConfigureAwait(false);
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
        if (_setbacks.Final is { } final)
        {
            request.Fail(final);
            return;
        }

        _work.Deciding = request;
        switch (request)
        {
            case AppendRequest append:
                _housekeeping.Called();
                await _appends.DecideAsync(append).ConfigureAwait(false);
                break;
            case SettleRequest settle:
                _housekeeping.Called();
                await DecideAsync(settle).ConfigureAwait(false);
                break;
            case IDecision decision:
                _housekeeping.Called();
                await DecideAloneAsync(request, decision).ConfigureAwait(false);
                break;
            case RetentionDue:
                _housekeeping.RetireSome();
                break;
            case WakeUp:
                _housekeeping.Tick();
                break;
        }

        _work.Deciding = null;
    }

    private async ValueTask DecideAsync(SettleRequest settle)
    {
        if (Pool.Find(settle.Sink) is not { } sink)
        {
            settle.Fail(new UnknownSinkException(_store.Where, settle.Sink, Pool.Sinks.Select(known => known.Name)));
            return;
        }

        settle.Result = await _settler.SettleAsync(Pool, sink, settle.Outcomes).ConfigureAwait(false);
        _work.Decided.Add(settle);
    }

    private async ValueTask SettleAgainAsync()
    {
        while (_setbacks.TakeSecondTry() is { } settle)
        {
            await DecideAsync((JournalRequest)settle).ConfigureAwait(false);
            await CommitAsync().ConfigureAwait(false);
        }
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

        _work.Decided.Add(request);
        _work.Deciding = null;
        Plan.MustSync = true;
        _admission.Forget();
        await CommitAsync().ConfigureAwait(false);
        _housekeeping.LookAgain();
    }

    private async ValueTask CommitAsync()
    {
        if (!Plan.IsEmpty)
        {
            await _store.CommitAsync(Pool, Plan).ConfigureAwait(false);
            _tally.Committed(Plan);
            _housekeeping.Committed(Plan);
            _acknowledgements.Written(Pool.Publish(Plan.Sinks), _work.Decided, Plan.MustSync);
            foreach (var sink in Plan.Sinks)
            {
                sink.Settled.ForgetTouched();
                sink.TouchedReasons.Clear();
            }
        }
        else if (_work.Decided.Count > 0)
        {
            _acknowledgements.Written(view: null, _work.Decided, Plan.MustSync);
        }

        _work.Clear();
    }

    /// <summary>One bounded step of what nobody waits for.</summary>
    private async ValueTask KeepHouseAsync()
    {
        if (_setbacks.Final is not null)
        {
            _housekeeping.Rest();
        }
        else if (await _housekeeping.StepAsync(_requests.Reader.Completion.IsCompleted).ConfigureAwait(false))
        {
            await CommitAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask RecoverAsync(JournalException failure)
    {
        _tally.Failed();
        _admission.Forget();
        _housekeeping.Rest();
        await _setbacks.RecoverAsync(failure).ConfigureAwait(false);
    }
}
