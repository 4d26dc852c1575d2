namespace Sluice.Logging;

/// <summary>How log entries wait for their pool.</summary>
public sealed record PoolLoggerSettings
{
    /// <summary>Entries that may wait for the journal; further ones are dropped and counted, because whoever logs must never wait for a disk.</summary>
    public int QueuedEntries { get; init; } = 10_000;

    /// <summary>Entries that one commit of the journal takes at most.</summary>
    public int BatchEntries { get; init; } = 500;

    /// <summary>How long a pool that refuses entries, because its journal is full or cannot be written, is left alone before it is asked again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long disposing the provider waits for the journal to take what has been logged.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Categories that begin so are not taken: by default what Sluice itself logs, as a pool that complains of its journal would otherwise
    /// send its complaint to that journal. Null takes all.
    /// </summary>
    public string? ExcludedCategories { get; init; } = "Sluice.";

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueuedEntries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchEntries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(RetryAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(DrainTimeout, TimeSpan.Zero);
    }
}
