namespace Sluice.Messages.Pools;

/// <summary>What became of one item at one exporter.</summary>
/// <param name="Exporter">The exporter's name.</param>
/// <param name="Successful">Whether the sink has confirmed the item.</param>
/// <param name="Returned">The beginning of the sink's answer, if it said anything.</param>
/// <param name="Error">Why it was not delivered; null when it was.</param>
/// <param name="Fate">Where the item is now.</param>
public sealed record ExportResult(string Exporter, bool Successful, string? Returned, string? Error, ExportFate Fate)
{
    /// <summary>The sink has it.</summary>
    public static ExportResult Delivered(string exporter, string? returned = null) =>
        new(exporter, true, returned, null, ExportFate.Delivered);

    /// <summary>The sink does not have it.</summary>
    public static ExportResult Failed(string exporter, string error, ExportFate fate) => new(exporter, false, null, error, fate);
}
