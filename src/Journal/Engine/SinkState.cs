using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>
/// A sink's cursor and page of the ledger, as they will be once the commit in preparation is through. Writer only.
/// Settled is every position up to the cursor and every one in the ranges above it.
/// </summary>
internal sealed class SinkState(int id, string name)
{
    public int Id { get; } = id;

    public string Name { get; } = name;

    public SinkStanding Standing { get; set; } = SinkStanding.Active;

    /// <summary>While leaving: the sink that takes over; null for the dead letters.</summary>
    public string? LeavingTo { get; set; }

    public long Cursor { get; set; }

    public PositionRanges Settled { get; init; } = new([]);

    public long Accepted { get; set; }

    public long Delivered { get; set; }

    public long Pending { get; set; }

    public long PendingBytes { get; set; }

    public long Dead { get; set; }

    public long Redriving { get; set; }

    public Dictionary<string, long> Dropped { get; init; } = new(StringComparer.Ordinal);

    public HashSet<string> TouchedReasons { get; } = new(StringComparer.Ordinal);

    public List<Audience> Audiences { get; } = [];

    /// <summary>The view last published, reused while nothing has changed.</summary>
    public SinkView? View { get; set; }

    public bool HasSettled(long position) => Standing == SinkStanding.Gone || position <= Cursor || Settled.Contains(position);

    public void CollectSettled(PositionRange bounds, List<PositionRange> into)
    {
        if (Standing == SinkStanding.Gone || bounds.Last <= Cursor)
        {
            into.Add(bounds);
            return;
        }

        if (bounds.First <= Cursor)
        {
            into.Add(bounds with { Last = Cursor });
            bounds = bounds with { First = Cursor + 1 };
        }

        Settled.CollectWithin(bounds, into);
    }

    public void Owe(long items, long bytes)
    {
        Accepted += items;
        Pending += items;
        PendingBytes += bytes;
    }

    public void Drop(string reason, long items)
    {
        Dropped[reason] = Dropped.GetValueOrDefault(reason) + items;
        TouchedReasons.Add(reason);
    }
}
