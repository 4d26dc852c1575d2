using Sluice.Journal.Engine;

namespace Sluice.Journal.Memory;

/// <summary>Copies, so that what is committed does not change with what is in preparation.</summary>
internal static class MemoryPicture
{
    public static StoredSink Of(SinkState sink)
    {
        var numbers = new SinkNumbers(
            sink.Cursor, sink.Accepted, sink.Delivered, sink.Pending, sink.PendingBytes, sink.Dead, sink.Redriving);
        var stored = new StoredSink(sink.Id, sink.Name, sink.Standing, sink.LeavingTo, numbers);
        stored.Settled.AddRange(sink.Settled.ToArray());
        foreach (var (reason, items) in sink.Dropped)
        {
            stored.Dropped.Add(reason, items);
        }

        return stored;
    }

    public static void Copy(PoolState pool, StoredState into) =>
        (into.LastPosition, into.LastSequence, into.Items, into.Bytes, into.DeadLetters, into.DeadBytes, into.LastMessage) =
            (pool.LastPosition, pool.LastSequence, pool.Items, pool.Bytes, pool.DeadLetters, pool.DeadBytes, pool.LastMessage);

    public static StoredState Of(StoredState state)
    {
        var picture = new StoredState
        {
            LastPosition = state.LastPosition,
            LastSequence = state.LastSequence,
            Items = state.Items,
            Bytes = state.Bytes,
            DeadLetters = state.DeadLetters,
            DeadBytes = state.DeadBytes,
            LastMessage = state.LastMessage,
        };
        foreach (var (audience, members) in state.Audiences)
        {
            picture.Audiences.Add(audience, [.. members]);
        }

        return picture;
    }

    public static StoredItem At(StoredItem item, long position, int audience) => new()
    {
        Position = position,
        Sequence = item.Sequence,
        Audience = audience,
        Size = item.Size,
        Crc = item.Crc,
        Content = item.Content,
    };
}
