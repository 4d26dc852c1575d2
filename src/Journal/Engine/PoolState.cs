using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>The pool's totals, sinks and audiences as they will be once the commit in preparation is through. Writer only.</summary>
internal sealed class PoolState
{
    private readonly Dictionary<string, SinkState> _sinks = new(StringComparer.Ordinal);
    private readonly Dictionary<int, Audience> _audiences = [];
    private readonly Dictionary<string, Audience> _audiencesByMembers = new(StringComparer.Ordinal);
    private Audience? _everybody;
    private Dictionary<int, string[]>? _membersShown;

    public PoolState(StoredState stored)
    {
        LastPosition = stored.LastPosition;
        LastSequence = stored.LastSequence;
        Items = stored.Items;
        Bytes = stored.Bytes;
        DeadLetters = stored.DeadLetters;
        DeadBytes = stored.DeadBytes;
        LastMessage = stored.LastMessage;
        Revision = stored.Revision;
        foreach (var sink in stored.Sinks)
        {
            _sinks.Add(sink.Name, Revive(sink));
        }

        var byId = _sinks.Values.ToDictionary(sink => sink.Id);
        foreach (var (id, members) in stored.Audiences)
        {
            Register(new Audience(id, [.. members.Order().Select(member => byId[member])]));
        }
    }

    public long LastPosition { get; set; }

    public long LastSequence { get; set; }

    public long Items { get; set; }

    public long Bytes { get; set; }

    public long DeadLetters { get; set; }

    public long DeadBytes { get; set; }

    public long LastMessage { get; set; }

    /// <summary>Counts commits, so that of two copies of a row the newer one can be told.</summary>
    public long Revision { get; set; }

    public IReadOnlyCollection<SinkState> Sinks => _sinks.Values;

    public SinkState? Find(string sink) => _sinks.GetValueOrDefault(sink);

    public SinkState? Find(int sink) => _sinks.Values.FirstOrDefault(state => state.Id == sink);

    public Audience? FindAudience(int id) => _audiences.GetValueOrDefault(id);

    public SinkState Add(string sink, CommitPlan plan)
    {
        var state = new SinkState(_sinks.Count + 1, sink) { Cursor = LastPosition };
        _sinks.Add(sink, state);
        Changed(state, plan);
        return state;
    }

    /// <summary>Notes that a sink joined, left or changed its standing.</summary>
    public void Changed(SinkState sink, CommitPlan plan)
    {
        _everybody = null;
        plan.Sinks.Add(sink);
    }

    /// <summary>The audience of all active sinks; null when there are none.</summary>
    public Audience? Everybody(CommitPlan plan)
    {
        if (_everybody is null)
        {
            var active = _sinks.Values.Where(sink => sink.Standing == SinkStanding.Active).ToList();
            _everybody = active.Count == 0 ? null : AudienceOf(active, plan);
        }

        return _everybody;
    }

    public Audience AudienceOf(IEnumerable<SinkState> members, CommitPlan plan)
    {
        var ordered = members.OrderBy(member => member.Id).ToList();
        if (_audiencesByMembers.TryGetValue(Signature(ordered), out var known))
        {
            return known;
        }

        var audience = new Audience(_audiences.Count + 1, ordered);
        Register(audience);
        plan.NewAudiences.Add(audience);
        return audience;
    }

    /// <summary>The state for readers, valid once its commit is through.</summary>
    public PoolView Publish(IReadOnlyCollection<SinkState> changed)
    {
        foreach (var sink in changed)
        {
            sink.View = null;
        }

        var sinks = new Dictionary<string, SinkView>(_sinks.Count, StringComparer.Ordinal);
        foreach (var sink in _sinks.Values)
        {
            sinks.Add(sink.Name, sink.View ??= SinkView.Of(sink));
        }

        if (_membersShown is null)
        {
            _membersShown = _audiences.Values.ToDictionary(
                audience => audience.Id,
                string[] (audience) => [.. audience.Members.Select(member => member.Name)]);
        }

        return new PoolView(LastPosition, LastSequence, Items, Bytes, sinks, _membersShown);
    }

    private void Register(Audience audience)
    {
        _audiences.Add(audience.Id, audience);
        _audiencesByMembers[Signature(audience.Members)] = audience;
        _membersShown = null;
        foreach (var member in audience.Members)
        {
            member.Audiences.Add(audience);
            member.View = null;
        }
    }

    private static string Signature(IReadOnlyList<SinkState> members) => string.Join(',', members.Select(member => member.Id));

    private static SinkState Revive(StoredSink sink) => new(sink.Id, sink.Name)
    {
        Standing = sink.Standing,
        LeavingTo = sink.LeavingTo,
        Cursor = sink.Numbers.Cursor,
        Accepted = sink.Numbers.Accepted,
        Delivered = sink.Numbers.Delivered,
        Pending = sink.Numbers.Pending,
        PendingBytes = sink.Numbers.PendingBytes,
        Dead = sink.Numbers.Dead,
        Redriving = sink.Numbers.Redriving,
        Dropped = new Dictionary<string, long>(sink.Dropped, StringComparer.Ordinal),
        Settled = new PositionRanges(sink.Settled),
    };
}
