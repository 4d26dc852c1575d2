using Sluice.Actors.Pools.Retries;

namespace Sluice.Actors.Pools.Sending;

/// <summary>Decides what becomes of items that were not delivered: they wait to be sent again, are saved, die, or are lost.</summary>
internal sealed class Setbacks(ExporterContext context, ExporterCounters counters, SendQueue queue, Pace pace, Aftermath aftermath)
{
    private readonly Queue<Batch> _suspects = new();

    /// <summary>Whether saved items wait until somebody asks for them.</summary>
    public bool IsParked { get; set; }

    /// <summary>
    /// Batches of several items that used up their attempts. Either one item is to blame or the sink is not there; the sink is to be probed.
    /// </summary>
    public IReadOnlyCollection<Batch> Suspects => _suspects;

    /// <summary>Takes the next suspect; null when there is none.</summary>
    public Batch? TakeSuspect() => _suspects.TryDequeue(out var suspect) ? suspect : null;

    /// <summary>The sink of a suspect was probed: when it can be reached, the batch is split and each part gets one more chance.</summary>
    public void Probed(Batch suspect, bool isReachable)
    {
        if (isReachable)
        {
            suspect.IsLastChance = true;
            queue.PutBack(suspect.Halves());
        }
        else
        {
            Expire(suspect, counters.LastError ?? "The sink cannot be reached.");
        }
    }

    /// <summary>Items may succeed later.</summary>
    /// <param name="batch">The items.</param>
    /// <param name="verdict">How the attempt ended.</param>
    /// <param name="wasStopped">Whether the pool cut it short, which is no failure.</param>
    public void TryLater(Batch batch, Verdict verdict, bool wasStopped)
    {
        var error = verdict.Error ?? "The sink did not take it.";
        if (wasStopped || context.ManualReexport || context.Save is SaveMode.Off)
        {
            LeaveOwed(batch.Entries, error);
        }
        else if (batch.IsLastChance)
        {
            GiveUp(batch, error);
        }
        else
        {
            Schedule(batch, error, verdict.RetryAfter);
        }
    }

    /// <summary>Items are not sent now: what is saved stays owed, what is not is to be saved, or is lost when the pool saves nothing.</summary>
    public void LeaveOwed(IEnumerable<PoolEntry> entries, string why)
    {
        foreach (var entry in entries)
        {
            LeaveOwed(entry, why);
        }
    }

    /// <inheritdoc cref="LeaveOwed(IEnumerable{PoolEntry}, string)"/>
    public void LeaveOwed(PoolEntry entry, string why)
    {
        if (entry.Position > 0)
        {
            IsParked |= context.ManualReexport;
            aftermath.StillOwed(entry, why);
        }
        else if (context.Save is SaveMode.Off)
        {
            aftermath.Lost(entry, why);
        }
        else
        {
            aftermath.Save(entry, why);
        }
    }

    private void Schedule(Batch batch, string error, TimeSpan? retryAfter)
    {
        switch (pace.ScheduleOf(batch).Failed(retryAfter))
        {
            case RetryDecision.TryAgain(var delay) when !batch.IsSaved:
                pace.Pause(delay);
                LeaveOwed(batch.Entries, error);
                LeaveOwed(queue.TakeUnsaved(), error);
                break;
            case RetryDecision.TryAgain(var delay):
                batch.NotBefore = pace.In(delay);
                queue.PutBack([batch]);
                LeaveOwed(batch.Entries, error);
                break;
            case RetryDecision.GiveUp(var reason):
                GiveUp(batch, $"{error} ({reason})");
                break;
        }
    }

    private void GiveUp(Batch batch, string error)
    {
        pace.ScheduleOf(batch).Succeeded();
        if (batch.Entries.Count == 1)
        {
            Expire(batch, error);
        }
        else if (batch.IsLastChance)
        {
            queue.PutBack(batch.Halves());
        }
        else
        {
            _suspects.Enqueue(batch);
        }
    }

    private void Expire(Batch batch, string error)
    {
        foreach (var entry in batch.Entries)
        {
            aftermath.Expired(entry, error, batch);
        }
    }
}
