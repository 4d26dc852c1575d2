using Sluice.Journal.Reports;

namespace Sluice.Journal.Engine;

/// <summary>A sink as of the last commit, for readers on any thread.</summary>
internal sealed record SinkView(SinkStatus Status, int[] Audiences, PositionRange[] Settled)
{
    public static SinkView Of(SinkState sink) => new(
        new SinkStatus
        {
            Sink = sink.Name,
            Standing = sink.Standing,
            Accepted = sink.Accepted,
            Delivered = sink.Delivered,
            Pending = sink.Pending,
            PendingBytes = sink.PendingBytes,
            Dead = sink.Dead,
            Dropped = sink.Dropped.Count == 0 ? EmptyDropped : new Dictionary<string, long>(sink.Dropped, StringComparer.Ordinal),
            Cursor = sink.Cursor,
        },
        [.. sink.Audiences.Select(audience => audience.Id)],
        sink.Settled.ToArray());

    private static readonly Dictionary<string, long> EmptyDropped = [];

    public bool HasSettled(long position)
    {
        if (Status.Standing == SinkStanding.Gone || position <= Status.Cursor)
        {
            return true;
        }

        var index = Array.BinarySearch(Settled, new PositionRange(position, 0), ByFirst);
        index = index >= 0 ? index : ~index - 1;
        return index >= 0 && Settled[index].Last >= position;
    }

    private static readonly IComparer<PositionRange> ByFirst = Comparer<PositionRange>.Create((a, b) => a.First.CompareTo(b.First));
}
