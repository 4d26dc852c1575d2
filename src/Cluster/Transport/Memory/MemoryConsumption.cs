namespace Sluice.Cluster.Transport.Memory;

/// <summary>A member's claim on a queue.</summary>
internal sealed class MemoryConsumption(MemoryHub hub, Seat seat, MemoryQueue queue, int prefetch, IQueueReceiver receiver) : IQueueConsumption
{
    // The activation that the receiver knows of, 0 for none; written by the inbox only. Calls of older activations are not made.
    private long _activation;

    // Under the gate: the end of the activation that calls under way must respect.
    private bool _released;

    public string Queue => queue.Name;

    public MemoryQueue Owner => queue;

    public int Prefetch => prefetch;

    public ValueTask AckAsync(ulong tag)
    {
        lock (hub.Gate)
        {
            var activation = Volatile.Read(ref _activation);
            seat.Up_NeedsGate(() => queue.Ack_NeedsGate(this, activation, tag));
        }
        return ValueTask.CompletedTask;
    }

    public Task ReleaseAsync()
    {
        lock (hub.Gate)
        {
            if (_released)
            {
                return Task.CompletedTask;
            }
            _released = true;
            seat.Claims.Remove(this);
            Deactivate_NeedsGate("the claim was released");
            if (seat.IsGone || seat.IsDisconnected)
            {
                return Task.CompletedTask;
            }
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            seat.Up_NeedsGate(() =>
            {
                queue.Remove_NeedsGate(this);
                done.SetResult();
            });
            return Task.WhenAny(done.Task, seat.Gone);
        }
    }

    public void Activate_NeedsGate(long token) => seat.Down_NeedsGate(() => seat.Local_NeedsGate(_ =>
    {
        if (!_released)
        {
            Volatile.Write(ref _activation, token);
            receiver.Activated(token);
        }
    }));

    public void Deliver_NeedsGate(long token, ulong tag, bool isRedelivered, byte[] frame) => seat.Down_NeedsGate(() => seat.Local_NeedsGate(_ =>
    {
        if (_activation == token)
        {
            receiver.Delivered(tag, isRedelivered, frame);
        }
    }));

    public void Deactivate_NeedsGate(string reason) => seat.Local_NeedsGate(_ =>
    {
        if (_activation != 0)
        {
            Volatile.Write(ref _activation, 0);
            receiver.Deactivated(reason);
        }
    });
}
