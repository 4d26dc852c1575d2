namespace Sluice.Actors.Pools.Pacing;

/// <summary>
/// How many batches may be on their way: a fixed number, or one that rises by one per round of fast answers and is halved by a slow or failed
/// one, at most once per round (a round is as many answers as batches are allowed, so that one incident seen by all of them counts once).
/// </summary>
internal sealed class Concurrency(ConcurrencySettings settings)
{
    private int _fastInARow;
    private int _ignored;

    /// <summary>Batches that may be on their way at once now.</summary>
    public int Limit { get; private set; } = settings.Batches;

    /// <summary>An attempt was answered.</summary>
    public void Answered(TimeSpan latency, bool succeeded)
    {
        if (!settings.Adaptive)
        {
            return;
        }

        if (_ignored > 0)
        {
            _ignored--;
        }
        else if (!succeeded || latency > settings.TargetLatency)
        {
            _fastInARow = 0;
            _ignored = Limit - 1;
            Limit = Math.Max(1, Limit / 2);
        }
        else if (++_fastInARow >= Limit)
        {
            _fastInARow = 0;
            Limit = Math.Min(settings.MaxBatches, Limit + 1);
        }
    }
}
