using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Dispatch.SysMsg;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Remoting;

/// <summary>All that goes between this member and another one. Closed until that one is up, and from its end on: then messages become dead letters.</summary>
internal sealed class MemberLink(MemberId id, RemotingParts parts)
{
    private readonly Lock _gate = new();

    // Under the gate.
    private LifeCycleLog _lifeCycle = new();
    private readonly Watches _watches = new();
    private Outbox? _outbox;
    private string _reason = $"no member {id} is known here";
    private bool _isLost;

    public MemberId Id => id;

    public IActorRefProvider Provider => parts.Provider;

    public bool IsOpen => Volatile.Read(ref _outbox) is not null;

    public long Sent => Volatile.Read(ref _outbox)?.Sent ?? 0;

    /// <summary>The member is there; of no effect when the link is open.</summary>
    public void Open()
    {
        lock (_gate)
        {
            if (_outbox is null)
            {
                _lifeCycle = new LifeCycleLog();
                _isLost = false;
                _outbox = new Outbox(parts.Transport, id, () => parts.NewFrame(FrameKind.Messages, id.Incarnation), parts.Limits, Failed);
            }
        }
    }

    /// <summary>The member is gone: what was not sent becomes dead letters, watchers are told.</summary>
    public void Close(string reason)
    {
        IReadOnlyList<(IInternalActorRef To, SystemMessage Message)> told;
        Outbox? outbox;
        lock (_gate)
        {
            outbox = _outbox;
            _outbox = null;
            _reason = reason;
            _isLost = true;
            told = _watches.Clear();
        }
        foreach (var frame in outbox?.Close() ?? [])
        {
            parts.Return(frame, this, reason);
            frame.Dispose();
        }
        foreach (var (to, message) in told)
        {
            to.SendSystemMessage(message);
        }
    }

    public Task FlushedAsync() => Volatile.Read(ref _outbox)?.FlushedAsync() ?? Task.CompletedTask;

    /// <exception cref="MessageRefusedException">The message may not travel, or is too long.</exception>
    public void Tell(RemoteActorRef recipient, object message, IActorRef? sender)
    {
        if (Volatile.Read(ref _outbox) is not { } outbox)
        {
            Lose(recipient, message, sender, _reason);
            return;
        }
        var encoded = MessageEncoder.Encode(message, parts.Types, parts.Refs);
        var bytes = encoded.WrapperBytes.Length + encoded.Body.Length + WireFormat.MostOverhead;
        if (bytes > parts.Transport.MaxFrameBytes)
        {
            throw new MessageRefusedException(
                $"A message of the type {message.GetType()} to {recipient.Path} has {bytes} bytes, where {parts.Transport.MaxFrameBytes} are possible: send it in parts, "
                + "or send where the data is.");
        }
        if (!outbox.TryAdd(bytes, (recipient, sender, encoded), static (frame, one) => frame.Tell(one.recipient, one.sender, one.encoded)))
        {
            Lose(recipient, message, sender, IsOpen ? $"more than {parts.Limits.WaitingBytes} bytes wait to be sent to {id}" : _reason);
        }
    }

    public void Watch(RemoteActorRef watchee, IInternalActorRef watcher)
    {
        lock (_gate)
        {
            if (_outbox is not null)
            {
                _watches.AddOurs(watchee, watcher);
                Send_NeedsGate(SystemKind.Watch, watchee, watcher);
                return;
            }
        }
        watcher.SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed: false, addressTerminated: _isLost));
    }

    public void Unwatch(RemoteActorRef watchee, IInternalActorRef watcher)
    {
        lock (_gate)
        {
            _watches.RemoveOurs(watchee, watcher);
            Send_NeedsGate(SystemKind.Unwatch, watchee, watcher);
        }
    }

    public void TellDeath(RemoteActorRef watcher, DeathWatchNotification death)
    {
        lock (_gate)
        {
            _watches.RemoveTheirs(death.Actor, watcher);
            Send_NeedsGate(SystemKind.Died, death.Actor, watcher, death.ExistenceConfirmed ? (byte)1 : (byte)0);
        }
    }

    public void Stop(RemoteActorRef actor)
    {
        lock (_gate)
        {
            Send_NeedsGate(SystemKind.Stop, actor, null);
        }
    }

    /// <summary>A life-cycle message of the other member has come.</summary>
    public void Received(ulong number, SystemKind kind, IActorRef first, IActorRef? second, byte flags)
    {
        IReadOnlyList<(IInternalActorRef To, SystemMessage Message)> sends;
        lock (_gate)
        {
            sends = _lifeCycle.IsNext(number) ? Effects_NeedsGate(kind, first, second, flags) : [];
            _outbox?.TryAdd(WireFormat.MostOverhead, _lifeCycle.LastReceived, static (frame, last) => frame.Ack(last), always: true);
        }
        foreach (var (to, message) in sends)
        {
            to.SendSystemMessage(message);
        }
    }

    public void Acknowledged(ulong number)
    {
        lock (_gate)
        {
            _lifeCycle.Acknowledge(number);
        }
    }

    /// <summary>Sends again what was not acknowledged; called once in a while.</summary>
    public void Repeat()
    {
        lock (_gate)
        {
            foreach (var entry in _lifeCycle.Unacknowledged)
            {
                Write_NeedsGate(entry);
            }
        }
    }

    private IReadOnlyList<(IInternalActorRef To, SystemMessage Message)> Effects_NeedsGate(SystemKind kind, IActorRef first, IActorRef? second, byte flags)
    {
        switch (kind, (IInternalActorRef)first, second)
        {
            case (SystemKind.Watch, var watchee, RemoteActorRef watcher):
                _watches.AddTheirs(watchee, watcher);
                return [(watchee, new Watch(watchee, watcher))];
            case (SystemKind.Unwatch, var watchee, RemoteActorRef watcher):
                _watches.RemoveTheirs(watchee, watcher);
                return [(watchee, new Unwatch(watchee, watcher))];
            case (SystemKind.Died, var watchee, IInternalActorRef watcher):
                return [.. _watches.TakeOurs(watchee.Path, watcher).Select(watched =>
                    (watcher, (SystemMessage)new DeathWatchNotification(watched, existenceConfirmed: flags != 0, addressTerminated: false)))];
            case (SystemKind.Stop, { Path.Elements.Count: > 1 } actor, _):
                return [(actor, new Terminate())];
            default:
                parts.Log.Warning("A life-cycle message {0} of {1} for {2} makes no sense and was dropped", kind, id, first.Path);
                return [];
        }
    }

    private void Send_NeedsGate(SystemKind kind, IActorRef first, IActorRef? second, byte flags = 0)
    {
        if (_outbox is not null)
        {
            Write_NeedsGate(_lifeCycle.Add(kind, first, second, flags));
        }
    }

    private void Write_NeedsGate(LifeCycleEntry entry) =>
        _outbox?.TryAdd(WireFormat.MostOverhead, entry, static (frame, one) => one.Write(frame), always: true);

    private void Failed(Exception failure)
    {
        if (failure is not TransportException)
        {
            parts.Log.Error(failure, "A frame to {0} could not be sent and is lost", id);
        }
    }

    private void Lose(RemoteActorRef recipient, object message, IActorRef? sender, string reason) =>
        parts.Provider.DeadLetters.Tell(new DeadLetter(message, sender ?? parts.Provider.DeadLetters, recipient, reason), sender);
}
