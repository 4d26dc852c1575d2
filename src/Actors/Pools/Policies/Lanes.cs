using System.Collections.Frozen;

namespace Sluice.Actors.Pools.Policies;

/// <summary>
/// Decides from the exporters' progress who may send how far, and who need not send any more. Watermarks instead of a record per item keep
/// it small whatever the backlog.
/// </summary>
/// <param name="policy">When an item needs no further delivery.</param>
/// <param name="atOnce">How many exporters one item is sent to at the same time; with fallback it is one.</param>
internal sealed class Lanes(PolicySettings policy, int atOnce)
{
    private readonly List<(string Exporter, Lane Lane)> _lanes = [];
    private readonly int _atOnce = policy.Kind is PolicyKind.Fallback ? 1 : atOnce;

    /// <summary>Whether exporters wait for one another at all.</summary>
    public bool AreGated => _atOnce < _lanes.Count;

    /// <summary>Whether a slow exporter may be passed by; with fallback the next one gets an item only when those before it have refused it.</summary>
    public bool MayPassBy => AreGated && policy.Kind is not PolicyKind.Fallback;

    /// <summary>Whether deliveries of one exporter can relieve another.</summary>
    public bool CanRelieve => policy.Required(_lanes.Count) < _lanes.Count;

    /// <summary>A further exporter, last in order, that owes nothing up to <paramref name="head"/> to the policy.</summary>
    public Lane Add(string exporter, long head)
    {
        var lane = new Lane { Tried = head, Done = 0 };
        _lanes.Add((exporter, lane));
        return lane;
    }

    /// <summary>An exporter that is no more.</summary>
    public void Remove(string exporter) => _lanes.RemoveAll(entry => entry.Exporter == exporter);

    /// <summary>The last number that an exporter may send.</summary>
    public long ReleasedUpTo(string exporter)
    {
        var before = _lanes.TakeWhile(entry => entry.Exporter != exporter).Select(entry => entry.Lane.Passed).Order().ToList();
        return before.Count < _atOnce ? long.MaxValue : before[_atOnce - 1];
    }

    /// <summary>What need not be delivered any more.</summary>
    public Relief Relieved()
    {
        var required = policy.Required(_lanes.Count);
        if (required == 0 || required >= _lanes.Count)
        {
            return Relief.None;
        }

        var upTo = _lanes.Select(entry => entry.Lane.Done).OrderDescending().ElementAt(required - 1);
        Forget();
        return new(upTo, ShortOf(required, upTo));
    }

    private FrozenSet<long> ShortOf(int required, long upTo) =>
        _lanes.SelectMany(entry => entry.Lane.Undeliverable)
            .Where(sequence => sequence <= upTo && _lanes.Count(entry => entry.Lane.HasDelivered(sequence)) < required)
            .ToFrozenSet();

    private void Forget()
    {
        var everywhere = _lanes.Min(entry => entry.Lane.Done);
        foreach (var (_, lane) in _lanes)
        {
            while (lane.Undeliverable.Count > 0 && lane.Undeliverable.Min <= everywhere)
            {
                lane.Undeliverable.Remove(lane.Undeliverable.Min);
            }
        }
    }
}
