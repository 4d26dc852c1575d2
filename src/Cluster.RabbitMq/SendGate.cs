using Sluice.Cluster.Transport;

namespace Sluice.Cluster.RabbitMq;

/// <summary>Where senders wait while nothing can be sent, and learn that nothing will be any more.</summary>
internal sealed class SendGate
{
    private readonly Lock _gate = new();

    // Under the gate.
    private Session? _session;
    private bool _isBlocked;
    private string? _closed = "This member has not joined.";
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TransportState State
    {
        get
        {
            lock (_gate)
            {
                return StateNow_NeedsGate();
            }
        }
    }

    /// <summary>A session is there, or none for now.</summary>
    public TransportState Set(Session? session, bool isBlocked = false) => Change(() => (_session, _isBlocked, _closed) = (session, isBlocked, null));

    /// <summary>The broker takes nothing, or takes messages again. Of no effect for a session that is not the current one.</summary>
    public TransportState Block(Session? session, bool isBlocked) => Change(() => _isBlocked = session == _session ? isBlocked : _isBlocked);

    /// <summary>Nothing will be sent any more.</summary>
    public TransportState Close(string reason) => Change(() => (_session, _closed) = (null, reason));

    /// <summary>The session, as soon as something can be sent on it.</summary>
    /// <exception cref="TransportException">There will be none.</exception>
    public ValueTask<Session> SendableAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_closed is null && _session is { } session && !_isBlocked)
            {
                return new(session);
            }
        }

        return new(WaitAsync(cancellationToken));
    }

    private async Task<Session> WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_closed is not null)
                {
                    throw new TransportException(_closed);
                }

                if (_session is { } session && !_isBlocked)
                {
                    return session;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private TransportState Change(Action change)
    {
        TaskCompletionSource changed;
        TransportState state;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            state = StateNow_NeedsGate();
        }

        changed.SetResult();
        return state;
    }

    private TransportState StateNow_NeedsGate() =>
        _closed is not null ? TransportState.Closed
        : _session is null ? TransportState.Disconnected
        : _isBlocked ? TransportState.Blocked
        : TransportState.Connected;
}
