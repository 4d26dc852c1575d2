namespace Sluice.Exporters.Processors;

/// <summary>What happens when an item comes and the batch's queue is full.</summary>
public enum BatchOverflow
{
    /// <summary>The oldest item makes room; it is lost and counted.</summary>
    DropOldest,

    /// <summary>What waits is passed on at once; nothing is lost.</summary>
    FlushNow,
}
