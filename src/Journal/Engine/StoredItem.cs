namespace Sluice.Journal.Engine;

/// <summary>An item's row as read.</summary>
internal sealed class StoredItem
{
    public required long Position { get; init; }

    public required long Sequence { get; init; }

    public required int Audience { get; init; }

    public required long Size { get; init; }

    public required ItemContent Content { get; init; }

    public required uint Crc { get; init; }

    public bool IsSound => ItemChecksum.Of(Sequence, Content) == Crc;

    public OwedItem ToOwed(string pool) => new()
    {
        Key = new ItemKey(pool, Sequence),
        Position = Position,
        Payload = Content.Payload,
        ContentType = Content.ContentType,
        Arguments = ArgumentsText.Read(Content.Arguments),
        Origin = Content.Origin,
        TraceId = Content.TraceId,
        AcceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(Content.AcceptedAt),
    };
}
