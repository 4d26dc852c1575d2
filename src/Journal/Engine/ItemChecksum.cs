namespace Sluice.Journal.Engine;

/// <summary>Over an item's number and content. Position and audience are left out, so that a row may be copied to another place as it is.</summary>
internal static class ItemChecksum
{
    public static uint Of(long sequence, in ItemContent content) => Checksum.Start
        .Add(sequence).Add(content.AcceptedAt).Add(content.ContentType).Add(content.Arguments)
        .Add(content.Tube).Add(content.Node).Add(content.Epoch).Add(content.TraceId).Add(content.Payload.Span).Value;
}
