namespace Sluice.Actors.Pools.Pacing;

/// <summary>
/// How many batches an exporter may have on their way at once. Ordered exporters have one, whatever this says.
/// Defaults are in <c>reference.conf</c> under <c>sluice.pool-exporter.concurrency</c>.
/// </summary>
public sealed record ConcurrencySettings
{
    /// <summary>Batches on their way at once, to begin with when adaptive; 1 or more.</summary>
    public required int Batches { get; init; }

    /// <summary>Whether the number follows the sink's latency: up by one after a round of fast answers, halved after a slow or failed one.</summary>
    public required bool Adaptive { get; init; }

    /// <summary>With adaptive concurrency, an answer that takes longer than this is slow.</summary>
    public required TimeSpan TargetLatency { get; init; }

    /// <summary>With adaptive concurrency, the highest number of batches on their way.</summary>
    public required int MaxBatches { get; init; }

    /// <exception cref="InvalidConfigException">A value is out of range.</exception>
    internal void Validate(string path)
    {
        InvalidConfigException.Unless(Batches >= 1, path, "batches", Batches, "write 1 batch or more");
        InvalidConfigException.Unless(MaxBatches >= Batches, path, "max-batches", MaxBatches, "write at least batches");
        InvalidConfigException.Unless(TargetLatency > TimeSpan.Zero, path, "target-latency", TargetLatency, "write a duration above zero, such as 500ms");
    }
}
