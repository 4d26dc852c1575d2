using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Dispatch;

/// <summary>A queue that never holds more than its capacity; who finds no room leaves by <see cref="OverflowPolicy"/>.</summary>
internal sealed class BoundedQueue(int capacity, OverflowPolicy policy) : MessageQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<Envelope> _envelopes = new();

    public override int Count
    {
        get
        {
            lock (_gate)
            {
                return _envelopes.Count;
            }
        }
    }

    public override bool HasMessages => Count > 0;

    public override Envelope? Enqueue(object message, IActorRef? sender)
    {
        lock (_gate)
        {
            if (_envelopes.Count < capacity)
            {
                _envelopes.Enqueue(new Envelope(message, sender));
                return null;
            }
            if (policy == OverflowPolicy.DropNew)
            {
                return new Envelope(message, sender);
            }
            var oldest = _envelopes.Dequeue();
            _envelopes.Enqueue(new Envelope(message, sender));
            return oldest;
        }
    }

    public override bool TryDequeue(out Envelope envelope)
    {
        lock (_gate)
        {
            return _envelopes.TryDequeue(out envelope);
        }
    }
}
