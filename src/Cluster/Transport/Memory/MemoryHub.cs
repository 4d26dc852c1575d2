namespace Sluice.Cluster.Transport.Memory;

/// <summary>
/// A broker inside this process: the members of one hub see each other. For tests of what runs in a cluster, with a switch for each fault, and for
/// clusters of several actor systems in one process. Nothing outlives the hub.
/// </summary>
public sealed class MemoryHub
{
    private readonly Dictionary<string, MemoryQueue> _queues = new(StringComparer.Ordinal);

    // The last that sat there, member or not: faults are switched by name.
    private readonly Dictionary<string, Seat> _lastSeats = new(StringComparer.Ordinal);

    /// <summary>Makes a broker without members.</summary>
    /// <param name="timeProvider">The broker's clock; <c>null</c> for the system's.</param>
    /// <param name="silence">How long a frozen or cut member stays a member; <c>null</c> for 5 s.</param>
    /// <param name="grace">How long a disconnected member stays a member; <c>null</c> for 0.5 s.</param>
    public MemoryHub(TimeProvider? timeProvider = null, TimeSpan? silence = null, TimeSpan? grace = null)
    {
        TimeProvider = timeProvider ?? TimeProvider.System;
        Silence = silence ?? TimeSpan.FromSeconds(5);
        Grace = grace ?? TimeSpan.FromMilliseconds(500);
    }

    internal Lock Gate { get; } = new();

    internal TimeProvider TimeProvider { get; }

    internal TimeSpan Silence { get; }

    internal TimeSpan Grace { get; }

    // All below under the gate.
    internal Dictionary<string, Seat> Seats { get; } = new(StringComparer.Ordinal);

    internal bool IsBlocked { get; private set; }

    /// <summary>Makes a transport for one member.</summary>
    public ITransport CreateTransport() => new MemoryTransport(this);

    /// <summary>Holds back what a member sends or receives, as a network does that drops packets; it is lost once the silence has passed.</summary>
    public void Cut(string member, LinkDirection direction = LinkDirection.Both) => With(member, seat => seat.Cut_NeedsGate(direction));

    /// <summary>Ends a cut in both directions: what was held back arrives, unless the member was lost in between.</summary>
    public void Heal(string member) => With(member, seat => seat.Heal_NeedsGate());

    /// <summary>Stops a member's transport from doing anything, as SIGSTOP does to a process; it is lost once the silence has passed.</summary>
    public void Freeze(string member) => With(member, seat => seat.Freeze_NeedsGate());

    /// <summary>Lets a frozen member go on where it was.</summary>
    public void Thaw(string member) => With(member, seat => seat.Thaw_NeedsGate());

    /// <summary>Ends a member as kill -9 does: the others are told at once, it hears and says nothing any more.</summary>
    public void Kill(string member) => With(member, seat => seat.Kill_NeedsGate());

    /// <summary>Resets a member's connection. It is lost when it is not connected again within the grace.</summary>
    public void Disconnect(string member) => With(member, seat => seat.Disconnect_NeedsGate());

    /// <summary>Lets a disconnected member connect again.</summary>
    public void Reconnect(string member) => With(member, seat => seat.Reconnect_NeedsGate());

    /// <summary>Makes the broker take nothing from anybody, as one does whose memory runs short.</summary>
    public void Block() => SetBlocked(true);

    /// <summary>Ends <see cref="Block"/>.</summary>
    public void Unblock() => SetBlocked(false);

    /// <summary>How many messages a durable queue holds, with those that are delivered and not acknowledged.</summary>
    public int QueueLength(string queue)
    {
        lock (Gate)
        {
            return _queues.TryGetValue(queue, out var found) ? found.Length_NeedsGate : 0;
        }
    }

    internal MemoryQueue Queue_NeedsGate(string name)
    {
        if (!_queues.TryGetValue(name, out var queue))
        {
            _queues[name] = queue = new MemoryQueue(name);
        }
        return queue;
    }

    internal void Remove_NeedsGate(Seat seat, Action<IMemberReceiver> tell)
    {
        if (!Seats.TryGetValue(seat.Member.Id.Name, out var holder) || holder != seat)
        {
            return;
        }
        Seats.Remove(seat.Member.Id.Name);
        foreach (var claim in seat.Claims.ToArray())
        {
            claim.Owner.Remove_NeedsGate(claim);
        }
        foreach (var other in Seats.Values)
        {
            other.Down_NeedsGate(tell);
        }
    }

    internal void Add_NeedsGate(Seat seat)
    {
        foreach (var other in Seats.Values)
        {
            seat.Down_NeedsGate(receiver => receiver.MemberUp(other.Member));
        }
        Seats[seat.Member.Id.Name] = _lastSeats[seat.Member.Id.Name] = seat;
        foreach (var one in Seats.Values)
        {
            one.Down_NeedsGate(receiver => receiver.MemberUp(seat.Member));
        }
    }

    private void With(string member, Action<Seat> change)
    {
        lock (Gate)
        {
            change(_lastSeats.TryGetValue(member, out var seat)
                ? seat
                : throw new ArgumentException($"No member {member} has joined this hub yet.", nameof(member)));
        }
    }

    private void SetBlocked(bool isBlocked)
    {
        lock (Gate)
        {
            IsBlocked = isBlocked;
            foreach (var seat in Seats.Values)
            {
                seat.Refresh_NeedsGate();
            }
        }
    }
}
