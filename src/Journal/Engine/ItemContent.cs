namespace Sluice.Journal.Engine;

/// <summary>What an item consists of, as columns: the same in the log and among the dead letters.</summary>
internal readonly record struct ItemContent(
    long AcceptedAt,
    string ContentType,
    string? Arguments,
    string? Tube,
    string? Node,
    string? Epoch,
    string? TraceId,
    ReadOnlyMemory<byte> Payload)
{
    public ItemOrigin? Origin => Tube is null && Node is null && Epoch is null ? null : new ItemOrigin(Tube, Node, Epoch);

    public static ItemContent Of(NewItem item, string? arguments, long now) => new(
        item.AcceptedAt?.ToUnixTimeMilliseconds() ?? now,
        item.ContentType,
        arguments,
        item.Origin?.Tube,
        item.Origin?.Node,
        item.Origin?.Epoch,
        item.TraceId,
        item.Payload);
}
