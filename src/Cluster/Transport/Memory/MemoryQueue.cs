namespace Sluice.Cluster.Transport.Memory;

/// <summary>A durable queue with one active consumer at a time. Everything under the hub's gate.</summary>
internal sealed class MemoryQueue(string name)
{
    private readonly LinkedList<Message> _ready = new();
    private readonly List<MemoryConsumption> _claims = [];
    private readonly SortedDictionary<ulong, Message> _unacknowledged = [];
    private MemoryConsumption? _active;
    private ulong _lastTag;
    private long _token;

    public string Name => name;

    public int Length_NeedsGate => _ready.Count + _unacknowledged.Count;

    public void Publish_NeedsGate(byte[] frame)
    {
        _ready.AddLast(new Message(frame));
        Deliver_NeedsGate();
    }

    public void Add_NeedsGate(MemoryConsumption claim)
    {
        _claims.Add(claim);
        Activate_NeedsGate();
    }

    public void Remove_NeedsGate(MemoryConsumption claim)
    {
        _claims.Remove(claim);
        if (_active == claim)
        {
            _active = null;
            foreach (var message in _unacknowledged.Values.Reverse())
            {
                message.IsRedelivered = true;
                _ready.AddFirst(message);
            }
            _unacknowledged.Clear();
            Activate_NeedsGate();
        }
    }

    public void Ack_NeedsGate(MemoryConsumption claim, long activation, ulong tag)
    {
        if (_active == claim && activation == _token)
        {
            _unacknowledged.Remove(tag);
            Deliver_NeedsGate();
        }
    }

    private void Activate_NeedsGate()
    {
        if (_active is null && _claims.Count > 0)
        {
            _active = _claims[0];
            _lastTag = 0;
            _active.Activate_NeedsGate(++_token);
            Deliver_NeedsGate();
        }
    }

    private void Deliver_NeedsGate()
    {
        while (_active is { } active && _unacknowledged.Count < active.Prefetch && _ready.First is { } first)
        {
            _ready.RemoveFirst();
            _unacknowledged[++_lastTag] = first.Value;
            active.Deliver_NeedsGate(_token, _lastTag, first.Value.IsRedelivered, first.Value.Frame);
        }
    }

    private sealed class Message(byte[] frame)
    {
        public byte[] Frame => frame;

        public bool IsRedelivered { get; set; }
    }
}
