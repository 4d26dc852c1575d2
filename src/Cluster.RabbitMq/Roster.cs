using Sluice.Cluster.Transport;

namespace Sluice.Cluster.RabbitMq;

/// <summary>
/// Who is a member as one member sees it. Decides and gives back what its member is to be told; tells nobody. Its owner calls one at a time.
/// </summary>
internal sealed class Roster(MemberInfo self)
{
    // Long enough to know everybody who may still come back from a pause, short enough not to grow for ever.
    private const int Remembered = 10_000;

    private readonly Dictionary<MemberId, Entry> _members = [];
    private readonly Dictionary<MemberId, string> _gone = [];
    private readonly Queue<MemberId> _goneInOrder = new();

    /// <summary>Whether this one is a member itself; until then nobody is told anything.</summary>
    public bool IsMember { get; private set; }

    /// <summary>Whether all that it knows are there.</summary>
    public bool IsComplete => _members.Values.All(entry => entry.AwayUntil is null);

    public bool Knows(MemberId id) => _members.ContainsKey(id);

    /// <summary>Why somebody is a member no more; null for everybody else.</summary>
    public string? WhyGone(MemberId id) => _gone.GetValueOrDefault(id);

    /// <summary>This one is a member from now on: it hears of itself and of all that it has met on its way.</summary>
    public IReadOnlyList<Action<IMemberReceiver>> Join()
    {
        IsMember = true;
        return [receiver => receiver.MemberUp(self), .. _members.Values.Select(entry => Up(entry.Info))];
    }

    /// <summary>A member is there, perhaps again.</summary>
    public IReadOnlyList<Action<IMemberReceiver>> Here(MemberInfo member)
    {
        if (member.Id == self.Id || _gone.ContainsKey(member.Id))
        {
            return [];
        }

        if (_members.TryGetValue(member.Id, out var known))
        {
            known.AwayUntil = null;
            return [];
        }

        // The name is its own on the broker, so whoever had it before is gone.
        var told = _members.Keys.Where(id => id.Name == member.Id.Name).ToArray()
            .SelectMany(id => Lost(id, "its connection to the broker was closed")).ToList();
        _members[member.Id] = new Entry(member);
        if (IsMember)
        {
            told.Add(Up(member));
        }

        return told;
    }

    /// <summary>A member's connection is gone; it is lost unless it is back in time.</summary>
    public void Away(MemberId id, DateTimeOffset until, string reason)
    {
        if (_members.TryGetValue(id, out var entry) && entry.AwayUntil is null)
        {
            (entry.AwayUntil, entry.Reason) = (until, reason);
        }
    }

    /// <summary>Nothing is known of any member for now: all have to show themselves again.</summary>
    public IReadOnlyList<Action<IMemberReceiver>> AllAway(DateTimeOffset until)
    {
        foreach (var entry in _members.Values)
        {
            (entry.AwayUntil, entry.Reason) = (until, "it did not come back to the broker");
        }

        return [];
    }

    /// <summary>Nobody is lost while this one cannot see them.</summary>
    public IReadOnlyList<Action<IMemberReceiver>> Suspend()
    {
        foreach (var entry in _members.Values)
        {
            entry.AwayUntil = null;
        }

        return [];
    }

    /// <summary>Those whose time is over.</summary>
    public IReadOnlyList<Action<IMemberReceiver>> Due(DateTimeOffset now) =>
        [.. _members.Where(member => member.Value.AwayUntil <= now).Select(member => (member.Key, member.Value.Reason)).ToArray().SelectMany(late => Lost(late.Key, late.Reason))];

    public IReadOnlyList<Action<IMemberReceiver>> Left(MemberId id) =>
        Remove(id, "it has left") ? [receiver => receiver.MemberLeft(id)] : [];

    public IReadOnlyList<Action<IMemberReceiver>> Lost(MemberId id, string reason) =>
        Remove(id, reason) ? [receiver => receiver.MemberLost(id, reason)] : [];

    private static Action<IMemberReceiver> Up(MemberInfo member) => receiver => receiver.MemberUp(member);

    private bool Remove(MemberId id, string reason)
    {
        if (_gone.TryAdd(id, reason))
        {
            _goneInOrder.Enqueue(id);
            if (_goneInOrder.Count > Remembered)
            {
                _gone.Remove(_goneInOrder.Dequeue());
            }
        }

        return _members.Remove(id) && IsMember;
    }

    private sealed class Entry(MemberInfo info)
    {
        public MemberInfo Info => info;

        public DateTimeOffset? AwayUntil { get; set; }

        public string Reason { get; set; } = "";
    }
}
