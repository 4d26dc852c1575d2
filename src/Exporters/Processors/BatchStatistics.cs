namespace Sluice.Exporters.Processors;

/// <summary>What a batching processor has done, over all its runs.</summary>
/// <param name="Batches">Batches passed on.</param>
/// <param name="Items">Items in them.</param>
/// <param name="Dropped">Items that made room for newer ones.</param>
/// <param name="Overflows">How often an item found the queue full.</param>
public readonly record struct BatchStatistics(long Batches, long Items, long Dropped, long Overflows)
{
    /// <summary>Items per batch; 0 before the first.</summary>
    public double AverageBatchSize => Batches == 0 ? 0 : (double)Items / Batches;
}
