namespace Sluice.Cluster.Transport.Memory;

/// <summary>One member's connection to the hub, with what is held back on its way. Everything under the hub's gate.</summary>
internal sealed class Seat
{
    private readonly MemoryHub _hub;
    private readonly IMemberReceiver _receiver;
    private readonly Queue<Action> _heldUp = new();
    private readonly Queue<Action> _heldDown = new();
    private readonly HashSet<TaskCompletionSource<bool>> _unconfirmed = [];
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _sendable = Completed();
    private LinkDirection _cut;
    private bool _frozen;
    private bool _disconnected;
    private bool _dead;
    private ITimer? _timer;

    public Seat(MemoryHub hub, MemberInfo member, IMemberReceiver receiver)
    {
        _hub = hub;
        Member = member;
        _receiver = receiver;
    }

    public MemberInfo Member { get; }

    public Inbox Inbox { get; } = new();

    /// <summary>The queues that it claims.</summary>
    public List<MemoryConsumption> Claims { get; } = [];

    public TransportState State { get; private set; } = TransportState.Connected;

    /// <summary>Whether it can answer now.</summary>
    public bool IsHealthy => _cut == 0 && !_frozen && !_disconnected && !_dead;

    public bool IsGone => _gone.Task.IsCompleted;

    public bool IsDisconnected => _disconnected;

    /// <summary>Completes when the hub has no such member any more.</summary>
    public Task Gone => _gone.Task;

    /// <summary>Completes when something may be sent.</summary>
    public Task Sendable => _sendable.Task;

    public string? Refuse(MemberInfo candidate) => _receiver.Refuse(candidate);

    public void Down_NeedsGate(Action<IMemberReceiver> call) => Down_NeedsGate(() => Local_NeedsGate(call));

    public void Down_NeedsGate(ReadOnlyMemory<byte> frame) => Down_NeedsGate(() => Inbox.Add(() => _receiver.ReceiveAsync(frame)));

    /// <summary>Brings something to the member, unless its connection has broken.</summary>
    public void Down_NeedsGate(Action arrive)
    {
        if (_disconnected || _dead)
        {
            return;
        }
        if (_cut.HasFlag(LinkDirection.FromBroker))
        {
            _heldDown.Enqueue(arrive);
        }
        else
        {
            arrive();
        }
    }

    /// <summary>Brings something to the broker.</summary>
    public void Up_NeedsGate(Action arrive)
    {
        if (_frozen || _cut.HasFlag(LinkDirection.ToBroker))
        {
            _heldUp.Enqueue(arrive);
        }
        else if (!IsGone && !_disconnected)
        {
            arrive();
        }
    }

    public void Publish_NeedsGate(string queue, byte[] frame, TaskCompletionSource<bool> confirmed)
    {
        _unconfirmed.Add(confirmed);
        Up_NeedsGate(() =>
        {
            _hub.Queue_NeedsGate(queue).Publish_NeedsGate(frame);
            Down_NeedsGate(() =>
            {
                _unconfirmed.Remove(confirmed);
                confirmed.TrySetResult(true);
            });
        });
    }

    /// <summary>Calls the member without the broker: what its own side of the connection notices.</summary>
    public void Local_NeedsGate(Action<IMemberReceiver> call)
    {
        if (!_dead)
        {
            Inbox.Add(() =>
            {
                call(_receiver);
                return ValueTask.CompletedTask;
            });
        }
    }

    public void Cut_NeedsGate(LinkDirection direction)
    {
        _cut |= direction;
        After_NeedsGate(_hub.Silence, () => Lost_NeedsGate($"nothing was heard of it for {_hub.Silence.TotalSeconds} s"));
    }

    public void Heal_NeedsGate()
    {
        _cut = 0;
        _timer?.Dispose();
        Flush_NeedsGate(_heldDown);
        FlushUp_NeedsGate();
        if (IsGone && _disconnected)
        {
            Expel_NeedsGate();
        }
    }

    public void Freeze_NeedsGate()
    {
        _frozen = true;
        Inbox.Pause();
        After_NeedsGate(_hub.Silence, () => Lost_NeedsGate($"nothing was heard of it for {_hub.Silence.TotalSeconds} s"));
    }

    public void Thaw_NeedsGate()
    {
        _frozen = false;
        _timer?.Dispose();
        if (IsGone)
        {
            Expel_NeedsGate();
        }
        FlushUp_NeedsGate();
        Inbox.Resume();
    }

    public void Kill_NeedsGate()
    {
        _dead = true;
        _timer?.Dispose();
        Inbox.Pause();
        _hub.Remove_NeedsGate(this, receiver => receiver.MemberLost(Member.Id, "its connection to the broker was closed"));
        _gone.TrySetResult();
        State = TransportState.Closed;
        _sendable.TrySetResult();
        Unconfirmed_NeedsGate();
    }

    public void Disconnect_NeedsGate()
    {
        Break_NeedsGate("the connection to the broker was lost");
        After_NeedsGate(_hub.Grace, () => Lost_NeedsGate("its connection to the broker was closed"));
    }

    public void Reconnect_NeedsGate()
    {
        if (IsGone)
        {
            Expel_NeedsGate();
            return;
        }
        _disconnected = false;
        _timer?.Dispose();
        Refresh_NeedsGate();
        foreach (var claim in Claims)
        {
            claim.Owner.Add_NeedsGate(claim);
        }
    }

    /// <summary>The hub has no such member any more; the member itself learns of it when it can hear.</summary>
    public void Lost_NeedsGate(string reason)
    {
        if (IsGone)
        {
            return;
        }
        _hub.Remove_NeedsGate(this, receiver => receiver.MemberLost(Member.Id, reason));
        var canHear = IsHealthy;
        Break_NeedsGate("the connection to the broker was lost");
        _gone.TrySetResult();
        if (canHear)
        {
            Expel_NeedsGate();
        }
    }

    public void Left_NeedsGate()
    {
        _timer?.Dispose();
        _hub.Remove_NeedsGate(this, receiver => receiver.MemberLeft(Member.Id));
        _gone.TrySetResult();
        State = TransportState.Closed;
        _sendable.TrySetResult();
        Unconfirmed_NeedsGate();
    }

    public void Refresh_NeedsGate()
    {
        var state = _disconnected ? TransportState.Disconnected : _hub.IsBlocked ? TransportState.Blocked : TransportState.Connected;
        if (state == State || State == TransportState.Closed)
        {
            return;
        }
        State = state;
        if (state == TransportState.Connected)
        {
            _sendable.TrySetResult();
        }
        else if (_sendable.Task.IsCompleted)
        {
            _sendable = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        Local_NeedsGate(receiver => receiver.StateChanged(state));
    }

    private static TaskCompletionSource Completed()
    {
        var completed = new TaskCompletionSource();
        completed.SetResult();
        return completed;
    }

    private void Break_NeedsGate(string reason)
    {
        _disconnected = true;
        _heldUp.Clear();
        _heldDown.Clear();
        foreach (var claim in Claims)
        {
            claim.Owner.Remove_NeedsGate(claim);
            claim.Deactivate_NeedsGate(reason);
        }
        Refresh_NeedsGate();
        Unconfirmed_NeedsGate();
    }

    private void Expel_NeedsGate()
    {
        if (State == TransportState.Closed)
        {
            return;
        }
        State = TransportState.Closed;
        _sendable.TrySetResult();
        Local_NeedsGate(receiver => receiver.Expelled("the other members have lost this one: it was silent for too long"));
        Inbox.Close();
    }

    private void Unconfirmed_NeedsGate()
    {
        foreach (var publish in _unconfirmed)
        {
            publish.TrySetResult(false);
        }
        _unconfirmed.Clear();
    }

    private void FlushUp_NeedsGate()
    {
        if (!_frozen && !_cut.HasFlag(LinkDirection.ToBroker))
        {
            Flush_NeedsGate(_heldUp);
        }
    }

    private static void Flush_NeedsGate(Queue<Action> held)
    {
        while (held.TryDequeue(out var action))
        {
            action();
        }
    }

    private void After_NeedsGate(TimeSpan delay, Action then)
    {
        _timer?.Dispose();
        ITimer? mine = null;
        mine = _timer = _hub.TimeProvider.CreateTimer(Due, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        mine.Change(delay, Timeout.InfiniteTimeSpan);

        void Due(object? state)
        {
            lock (_hub.Gate)
            {
                if (_timer == mine && !IsHealthy && !_dead)
                {
                    then();
                }
            }
        }
    }
}
