namespace Sluice.Cluster.Transport.Memory;

/// <summary>A member's way into a hub.</summary>
internal sealed class MemoryTransport(MemoryHub hub) : ITransport
{
    private Seat? _seat;

    public TransportState State => _seat?.State ?? TransportState.Closed;

    public int MaxFrameBytes => 1 << 20;

    public async Task JoinAsync(MemberInfo self, IMemberReceiver receiver, CancellationToken cancellationToken)
    {
        while (await TryJoinAsync(self, receiver).ConfigureAwait(false) is { } dying)
        {
            await dying.Gone.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        if (_seat is not { IsGone: false } seat)
        {
            return;
        }
        lock (hub.Gate)
        {
            foreach (var claim in seat.Claims.ToArray())
            {
                _ = claim.ReleaseAsync();
            }
            seat.Up_NeedsGate(seat.Left_NeedsGate);
        }
        await seat.Gone.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask SendAsync(MemberId to, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        UpAsync(
            frame,
            bytes =>
            {
                if (hub.Seats.TryGetValue(to.Name, out var seat) && seat.Member.Id == to)
                {
                    seat.Down_NeedsGate(bytes);
                }
            },
            cancellationToken);

    public ValueTask BroadcastAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken) =>
        UpAsync(
            frame,
            bytes =>
            {
                foreach (var seat in hub.Seats.Values.Where(seat => seat != _seat))
                {
                    seat.Down_NeedsGate(bytes);
                }
            },
            cancellationToken);

    public ValueTask ExpelAsync(MemberId member, string reason, CancellationToken cancellationToken) =>
        UpAsync(
            default,
            _ =>
            {
                if (hub.Seats.TryGetValue(member.Name, out var seat) && seat.Member.Id == member)
                {
                    seat.Lost_NeedsGate(reason);
                }
            },
            cancellationToken);

    public async ValueTask PublishAsync(string queue, ReadOnlyMemory<byte> frame, CancellationToken cancellationToken)
    {
        CheckLength(frame);
        var bytes = frame.ToArray();
        while (true)
        {
            var seat = await SendableSeatAsync(cancellationToken).ConfigureAwait(false);
            var confirmed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (hub.Gate)
            {
                if (seat.IsGone || seat.State != TransportState.Connected)
                {
                    continue;
                }
                seat.Publish_NeedsGate(queue, bytes, confirmed);
            }
            if (await confirmed.Task.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    public async Task<IQueueConsumption> ConsumeAsync(string queue, int prefetch, IQueueReceiver receiver, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(prefetch, 1);
        var seat = await SendableSeatAsync(cancellationToken).ConfigureAwait(false);
        lock (hub.Gate)
        {
            var claim = new MemoryConsumption(hub, seat, hub.Queue_NeedsGate(queue), prefetch, receiver);
            seat.Claims.Add(claim);
            seat.Up_NeedsGate(() => claim.Owner.Add_NeedsGate(claim));
            return claim;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_seat is not { } seat)
        {
            return;
        }
        bool isIdle;
        lock (hub.Gate)
        {
            if (!seat.IsGone)
            {
                seat.Kill_NeedsGate();
            }
            isIdle = seat.State == TransportState.Closed && seat.IsHealthy;
            seat.Inbox.Close();
        }
        if (isIdle)
        {
            await seat.Inbox.Completion.ConfigureAwait(false);
        }
    }

    private async Task<Seat?> TryJoinAsync(MemberInfo self, IMemberReceiver receiver)
    {
        await Task.Yield();
        Seat[] others;
        lock (hub.Gate)
        {
            others = [.. hub.Seats.Values.Where(seat => seat.IsHealthy)];
        }
        if (others.Select(seat => seat.Refuse(self)).FirstOrDefault(sentence => sentence is not null) is { } refusal)
        {
            throw new JoinRefusedException(refusal);
        }
        lock (hub.Gate)
        {
            if (hub.Seats.TryGetValue(self.Id.Name, out var holder))
            {
                return !holder.IsHealthy
                    ? holder
                    : throw new JoinRefusedException(
                        $"The name {self.Id.Name} belongs to a living member since {holder.Member.Since:u}: give this one another name.");
            }
            _seat = new Seat(hub, self, receiver);
            hub.Add_NeedsGate(_seat);
            _seat.Refresh_NeedsGate();
            return null;
        }
    }

    private async ValueTask UpAsync(ReadOnlyMemory<byte> frame, Action<byte[]> arrive, CancellationToken cancellationToken)
    {
        CheckLength(frame);
        var bytes = frame.ToArray();
        while (true)
        {
            var seat = await SendableSeatAsync(cancellationToken).ConfigureAwait(false);
            lock (hub.Gate)
            {
                if (seat.State == TransportState.Connected)
                {
                    seat.Up_NeedsGate(() => arrive(bytes));
                    return;
                }
            }
        }
    }

    private async ValueTask<Seat> SendableSeatAsync(CancellationToken cancellationToken)
    {
        var seat = _seat ?? throw new TransportException("This transport has not joined: call JoinAsync first.");
        await seat.Sendable.WaitAsync(cancellationToken).ConfigureAwait(false);
        return seat.IsGone && seat.State == TransportState.Closed
            ? throw new TransportException($"The member {seat.Member.Id} has left the cluster or was expelled: join again before sending.")
            : seat;
    }

    private void CheckLength(ReadOnlyMemory<byte> frame)
    {
        if (frame.Length > MaxFrameBytes)
        {
            throw new ArgumentException($"The frame has {frame.Length} bytes, the transport takes up to {MaxFrameBytes}: send less at once.", nameof(frame));
        }
    }
}
