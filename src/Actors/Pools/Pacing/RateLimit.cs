namespace Sluice.Actors.Pools.Pacing;

/// <summary>
/// A token bucket: on average so many items a second, at most one second's worth at once. A batch larger than the bucket is let through when the
/// bucket is full and leaves it in debt, so that the average holds whatever the batches' sizes.
/// </summary>
internal sealed class RateLimit(double itemsPerSecond, TimeProvider time)
{
    private readonly double _capacity = Math.Max(itemsPerSecond, 1);
    private double _tokens = Math.Max(itemsPerSecond, 1);
    private long _filledAt = time.GetTimestamp();

    /// <summary>How long until <paramref name="items"/> may go; zero when they may go now, always zero without a limit.</summary>
    public TimeSpan Wait(int items)
    {
        if (itemsPerSecond <= 0)
        {
            return TimeSpan.Zero;
        }

        Fill();
        var missing = Math.Min(items, _capacity) - _tokens;
        return missing > 0 ? TimeSpan.FromSeconds(missing / itemsPerSecond) : TimeSpan.Zero;
    }

    /// <summary>So many items go now.</summary>
    public void Take(int items) => _tokens -= items;

    private void Fill()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (time.GetElapsedTime(_filledAt, now).TotalSeconds * itemsPerSecond));
        _filledAt = now;
    }
}
