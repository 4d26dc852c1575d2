namespace Sluice.Messages.Pools;

/// <summary>Try everything saved now, oldest first per exporter. Answered with <see cref="UnsentDataSent"/> when each item has been tried.</summary>
/// <param name="Exporter">Only what is owed to this exporter; null means all.</param>
public sealed record SendUnsentData(string? Exporter = null);

/// <summary>What became of what was saved.</summary>
/// <param name="Exporters">One summary per exporter, in the exporters' order.</param>
public sealed record UnsentDataSent(IReadOnlyList<UnsentDataResult> Exporters);

/// <summary>What became of what was saved for one exporter.</summary>
/// <param name="Exporter">The exporter's name.</param>
/// <param name="Delivered">Items that its sink has confirmed.</param>
/// <param name="DeadLettered">Items that its sink will never take.</param>
/// <param name="Unsent">Items still owed.</param>
/// <param name="Error">Why some are still owed; null when none is.</param>
/// <param name="Results">One result per item, oldest first; at most the first 1,000, the rest is in the counts.</param>
public sealed record UnsentDataResult(
    string Exporter,
    long Delivered,
    long DeadLettered,
    long Unsent,
    string? Error,
    IReadOnlyList<ExportResult> Results);

/// <summary>Whether anything is owed to any exporter. Answered with <see cref="UnsentData"/>.</summary>
public sealed record HasUnsentData;

/// <summary>How much is owed.</summary>
/// <param name="Items">Items owed to at least one exporter, counted once per exporter that misses them.</param>
public sealed record UnsentData(long Items)
{
    /// <summary>Whether anything is owed.</summary>
    public bool Any => Items > 0;
}

/// <summary>Save an item for one exporter as if it had failed there. Answered with a <see cref="SendAnswer"/>.</summary>
/// <param name="Item">What to save.</param>
/// <param name="Exporter">Whom it is owed to.</param>
/// <param name="MessageId">The id of this message, as for <see cref="Send"/>; null when it is not delivered twice.</param>
public sealed record SaveUnsentData(PoolItem Item, string Exporter, string? MessageId = null);
