using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Sluice.Cluster.Transport;
using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq;

/// <summary>One membership, from the join to its end, over as many sessions as it takes.</summary>
internal sealed class Seat : IAsyncDisposable
{
    private const int AttemptsToJoin = 5;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly RabbitMqTransportSettings _settings;
    private readonly RabbitConnector _connector;
    private readonly TimeProvider _time;
    private readonly MemberInfo _self;
    private readonly Names _names;
    private readonly SendGate _gate = new();
    private readonly MemberCalls _calls;
    private readonly Desk _desk;
    private readonly CancellationTokenSource _end = new();
    private volatile Session? _session;
    private Task _staying = Task.CompletedTask;
    private Task _pulsing = Task.CompletedTask;

    // The ends of lost sessions: a client may take seconds over one, which is no reason to come back later.
    private Task _parting = Task.CompletedTask;

    public Seat(RabbitMqTransportSettings settings, RabbitConnector connector, TimeProvider time, MemberInfo self, IMemberReceiver receiver)
    {
        (_settings, _connector, _time, _self) = (settings, connector, time, self);
        _names = new Names(settings.Prefix);
        _calls = new MemberCalls(new Roster(self), receiver);
        Sender = new Sender(self.Id, _gate, _names, settings.ReconnectInterval, time);
        Claims = new Claims(_gate, _names, settings.ReconnectInterval, time);
        _desk = new Desk(self, settings, _names, _calls, time, Claims.AskAsync);
    }

    public TransportState State => _gate.State;

    public Sender Sender { get; }

    public Claims Claims { get; }

    /// <exception cref="JoinRefusedException">The name is taken, or somebody refuses.</exception>
    /// <exception cref="TransportException">The broker cannot be reached or used.</exception>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        try
        {
            var session = await OpenFirstAsync(cancellationToken).ConfigureAwait(false);
            do
            {
                var answers = await _desk.GreetAsync(session, isReturning: false, cancellationToken).ConfigureAwait(false);
                if ((answers.Refusal ?? answers.Gone) is { } sentence)
                {
                    throw new JoinRefusedException(sentence);
                }
            }
            while (!await TakeNameAsync(session, cancellationToken).ConfigureAwait(false));
            await BeginAsync(session, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is RabbitUnreachableException || RabbitConnector.IsOfTheConnection(fault))
        {
            throw new TransportException(Sentence(fault), fault);
        }
    }

    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (State == TransportState.Closed)
        {
            return;
        }

        await Claims.ReleaseAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        var session = _session;
        _gate.Close("This member has left.");
        await _end.CancelAsync().ConfigureAwait(false);
        if (session is { Lost.IsCompleted: false })
        {
            _desk.IsLeaving = true;
            await _desk.SayAsync(session, Control.Goodbye, new() { Sender = _self, IsMember = true }, cancellationToken).ConfigureAwait(false);
            await session.CloseAsync(cancellationToken).ConfigureAwait(false);
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask ExpelAsync(MemberId member, string reason, CancellationToken cancellationToken)
    {
        var session = await _gate.SendableAsync(cancellationToken).ConfigureAwait(false);
        await _calls.TellAsync(roster => roster.Lost(member, reason)).ConfigureAwait(false);
        await _desk.SayAsync(session, Control.Expel, new() { Sender = _self, IsMember = true, Target = member, Text = reason }, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _gate.Close("This member has left.");
        await _end.CancelAsync().ConfigureAwait(false);
        if (_session is { } session)
        {
            await session.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_staying, _pulsing).ConfigureAwait(false);
        await _parting.ConfigureAwait(false);
    }

    // What the broker said, without what the client makes of it.
    private static string Sentence(Exception fault) =>
        fault is OperationInterruptedException { ShutdownReason: { } reason } ? $"The broker ended the connection: {reason.ReplyText}." : fault.Message;

    private async Task BeginAsync(Session session, CancellationToken cancellationToken)
    {
        _desk.IsOpen = true;
        _gate.Set(session, session.IsBlocked);
        await _calls.TellAsync(roster => roster.Join()).ConfigureAwait(false);
        await _calls.TellStateAsync(State).ConfigureAwait(false);
        await _desk.SayAsync(session, Control.Joined, new() { Sender = _self, IsMember = true }, cancellationToken).ConfigureAwait(false);
        _staying = StayAsync(session);
        _pulsing = PulseAsync();
    }

    // Members that start at once declare the same queues at once; a broker that is held up meanwhile may stumble over that, and knows them a moment later.
    private async Task<Session> OpenFirstAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await OpenAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationInterruptedException fault) when (fault.ShutdownReason?.ReplyCode == Constants.InternalError && attempt < AttemptsToJoin)
            {
                await Task.Delay(_settings.ReconnectInterval, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<Session> OpenAsync(CancellationToken cancellationToken)
    {
        var events = new SessionEvents(_desk.ReceiveAsync, isBlocked => _gate.Block(_session, isBlocked));
        var session = await Session.OpenAsync(_connector, _settings, _names, _self.Id, events, _desk.Attend, _time, cancellationToken).ConfigureAwait(false);
        _session = session;
        return session;
    }

    private async Task<bool> TakeNameAsync(Session session, CancellationToken cancellationToken)
    {
        if (await session.TryTakeNameAsync(_self.Id.Name, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        // Nobody answers for it, so its holder is being lost.
        await Task.Delay(_settings.ReconnectInterval, _time, cancellationToken).ConfigureAwait(false);
        return false;
    }

    // The life of the membership: one session after the other.
    private async Task StayAsync(Session first)
    {
        var session = first;
        while (await Task.WhenAny(_desk.Expelled, session.Lost).ConfigureAwait(false) == session.Lost && !_end.IsCancellationRequested)
        {
            _gate.Set(null);
            await _calls.TellStateAsync(State).ConfigureAwait(false);
            await _calls.TellAsync(static roster => roster.Suspend()).ConfigureAwait(false);
            await Claims.SuspendAsync(await session.Lost.ConfigureAwait(false)).ConfigureAwait(false);
            _parting = Task.WhenAll(_parting, session.DisposeAsync().AsTask());
            session = await ReturnAsync().ConfigureAwait(false) ?? session;
        }

        if (_desk.Expelled.IsCompleted && !_end.IsCancellationRequested)
        {
            var reason = await _desk.Expelled.ConfigureAwait(false);
            _gate.Close($"This member was expelled: {reason}");
            await Claims.SuspendAsync("the member was expelled").ConfigureAwait(false);
            await _calls.TellAsync(_ => [receiver => receiver.Expelled(reason)]).ConfigureAwait(false);
            await _end.CancelAsync().ConfigureAwait(false);
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Null when the membership ends instead.
    private async Task<Session?> ReturnAsync()
    {
        while (!_end.IsCancellationRequested && !_desk.Expelled.IsCompleted)
        {
            Session? session = null;
            try
            {
                session = await OpenAsync(_end.Token).ConfigureAwait(false);
                if (await ReturnAsync(session).ConfigureAwait(false))
                {
                    return session;
                }

                await Task.Delay(_settings.ReconnectInterval, _time, _end.Token).ConfigureAwait(false);
            }
            catch (Exception fault) when (fault is RabbitUnreachableException or TransportException || RabbitConnector.IsOfTheConnection(fault))
            {
                // Still away, as the state says to everybody.
                await _time.PauseAsync(_settings.ReconnectInterval, _end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The membership ends, or the broker did not answer in time: the loop tells them apart.
            }

            if (session is not null)
            {
                await session.DisposeAsync().ConfigureAwait(false);
            }
        }

        return null;
    }

    private async Task<bool> ReturnAsync(Session session)
    {
        await _calls.TellAsync(roster => roster.AllAway(_time.GetUtcNow() + _settings.ReturnTimeout)).ConfigureAwait(false);
        var answers = await _desk.GreetAsync(session, isReturning: true, _end.Token).ConfigureAwait(false);
        if ((answers.Gone ?? answers.Refusal) is { } sentence)
        {
            _desk.Expel(sentence);
            return false;
        }

        if (!await session.TryTakeNameAsync(_self.Id.Name, _end.Token).ConfigureAwait(false))
        {
            return false;
        }

        await Claims.StartAsync(session, _end.Token).ConfigureAwait(false);
        _gate.Set(session, session.IsBlocked);
        await _calls.TellStateAsync(State).ConfigureAwait(false);
        return true;
    }

    // What has to be done from time to time: tell of blocks, lose those whose grace is over, see whether the broker takes anything, ask for waiting claims.
    private async Task PulseAsync()
    {
        var pulse = _time.GetUtcNow();
        while (await _time.PauseAsync(Tick, _end.Token).ConfigureAwait(false))
        {
            var now = _time.GetUtcNow();
            var state = State;
            await _calls.TellStateAsync(state).ConfigureAwait(false);
            if (state is TransportState.Connected or TransportState.Blocked)
            {
                await _calls.TellAsync(roster => roster.Due(now)).ConfigureAwait(false);
            }

            if (now >= pulse && state == TransportState.Connected && _session is { Lost.IsCompleted: false } session)
            {
                pulse = now + _settings.Pulse;
                await session.SendAsync("", _names.Pulse, Sender.Plain, ReadOnlyMemory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
                await Claims.AskAsync(session).ConfigureAwait(false);
            }
        }
    }
}
