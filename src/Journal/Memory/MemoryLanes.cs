using Sluice.Journal.Engine;

namespace Sluice.Journal.Memory;

/// <summary>The items of a journal by audience, each audience's in the order of their positions. Its store's lock guards it.</summary>
internal sealed class MemoryLanes
{
    private readonly Dictionary<int, MemoryLane> _lanes = [];

    /// <summary>The items of one audience; none yet for a new one.</summary>
    public MemoryLane Of(int audience)
    {
        if (!_lanes.TryGetValue(audience, out var lane))
        {
            _lanes.Add(audience, lane = new MemoryLane());
        }

        return lane;
    }

    /// <summary>The items of several audiences, or of all, behind a position and in the order of their positions.</summary>
    public IEnumerable<StoredItem> Merged(IReadOnlyList<int>? audiences, long after)
    {
        var heads = new PriorityQueue<IEnumerator<StoredItem>, long>();
        foreach (var audience in audiences ?? [.. _lanes.Keys])
        {
            var lane = Of(audience).From(after + 1).GetEnumerator();
            if (lane.MoveNext())
            {
                heads.Enqueue(lane, lane.Current.Position);
            }
        }

        while (heads.TryDequeue(out var next, out _))
        {
            yield return next.Current;
            if (next.MoveNext())
            {
                heads.Enqueue(next, next.Current.Position);
            }
        }
    }
}
