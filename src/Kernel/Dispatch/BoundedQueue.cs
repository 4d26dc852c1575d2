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

    public override bool TryEnqueue(object message, IActorRef? sender, out Envelope refused)
    {
        var added = new Envelope(message, sender);
        lock (_gate)
        {
            if (_envelopes.Count < capacity)
            {
                refused = default;
                _envelopes.Enqueue(added);
                return true;
            }
            if (policy == OverflowPolicy.DropNew)
            {
                refused = added;
                return false;
            }
            refused = _envelopes.Dequeue();
            _envelopes.Enqueue(added);
            return false;
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
