using Sluice.Exporters.Sinks;
using Sluice.Journal;
using Sluice.Messages.Pools;
using ItemOrigin = Sluice.Journal.ItemOrigin;

namespace Sluice.Actors.Pools.Sending;

/// <summary>An item in the words of those who see it: senders, the journal, sinks.</summary>
internal static class JournalItems
{
    /// <summary>An item to be saved before it is sent.</summary>
    public static NewItem Save(PoolItem item, string? messageId) => new()
    {
        MessageId = messageId,
        Payload = item.Payload,
        ContentType = item.ContentType,
        Arguments = item.Arguments.Count == 0 ? null : item.Arguments,
        Origin = item.Origin is { } origin ? new ItemOrigin(origin.Tube, origin.Node, origin.Epoch) : null,
        TraceId = item.Origin?.TraceId,
    };

    /// <summary>An item to be saved under the number under which it was sent.</summary>
    public static NewItem Save(PoolEntry entry) => new()
    {
        Payload = entry.Item.Payload,
        ContentType = entry.Item.ContentType,
        Arguments = entry.Item.Arguments.Count == 0 ? null : entry.Item.Arguments,
        Origin = entry.Item.Origin is { } origin ? new ItemOrigin(origin.Tube, origin.Node, origin.Epoch) : null,
        TraceId = entry.Item.Origin?.TraceId,
        Sequence = entry.Order,
        AcceptedAt = entry.AcceptedAt,
    };

    /// <summary>What a sink gets of an item fresh from its sender.</summary>
    public static SinkItem ToSink(PoolItem item, ItemKey key, DateTimeOffset acceptedAt) => new()
    {
        Key = key.ToString(),
        Payload = item.Payload,
        ContentType = item.ContentType,
        Arguments = item.Arguments,
        Origin = new SinkOrigin(
            key.Pool, item.Origin?.Tube, item.Origin?.Run, item.Origin?.Node, item.Origin?.Epoch, item.Origin?.TraceId, acceptedAt),
    };

    /// <summary>An item read back from the journal.</summary>
    public static PoolEntry ToEntry(OwedItem owed) => new()
    {
        Order = owed.Key.Sequence,
        Position = owed.Position,
        AcceptedAt = owed.AcceptedAt,
        Item = ToSink(owed),
    };

    private static SinkItem ToSink(OwedItem owed)
    {
        var item = new SinkItem
        {
            Key = owed.Key.ToString(),
            Payload = owed.Payload,
            ContentType = owed.ContentType,
            Origin = new SinkOrigin(
                owed.Key.Pool, owed.Origin?.Tube, null, owed.Origin?.Node, owed.Origin?.Epoch, owed.TraceId, owed.AcceptedAt),
        };
        return owed.Arguments is null ? item : item with { Arguments = owed.Arguments };
    }
}
