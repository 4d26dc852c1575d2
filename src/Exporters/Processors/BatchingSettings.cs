namespace Sluice.Exporters.Processors;

/// <summary>How items are gathered into batches.</summary>
public sealed record BatchingSettings
{
    /// <summary>A batch is passed on as soon as it holds this many items; at least 1.</summary>
    public required int Size { get; init; }

    /// <summary>A smaller batch is passed on once its oldest item has waited this long.</summary>
    public required TimeSpan FlushInterval { get; init; }

    /// <summary>How many items may wait at most; at least 1. Below <see cref="Size"/> it is reached before a batch is full.</summary>
    public required int MaxQueue { get; init; }

    /// <summary>What an item finds that comes when so many wait.</summary>
    public required BatchOverflow Overflow { get; init; }
}
