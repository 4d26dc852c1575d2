namespace Sluice.Kernel.Pattern;

/// <summary>How long to wait for the next start: twice as long every time, from a least to a longest delay, and a random part more.</summary>
internal sealed record BackoffDelay
{
    public BackoffDelay(TimeSpan min, TimeSpan max, double randomFactor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(min, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        if (randomFactor is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(randomFactor), randomFactor, "The random factor of a backoff is from 0 to 1.");
        }
        (Min, Max, RandomFactor) = (min, max, randomFactor);
    }

    public TimeSpan Min { get; }

    public TimeSpan Max { get; }

    public double RandomFactor { get; }

    public TimeSpan After(int restarts) =>
        TimeSpan.FromTicks((long)(Math.Min(Max.Ticks, Min.Ticks * Math.Pow(2, restarts)) * (1 + (Random.Shared.NextDouble() * RandomFactor))));
}
