using System.Diagnostics.CodeAnalysis;
using Sluice.Actors.Pools.Pacing;
using Sluice.Actors.Pools.Policies;

namespace Sluice.Actors.Pools.Sending;

/// <summary>
/// Decides what an exporter sends next: what failed before, then what is queued, cut into batches, as far as the pool has released it.
/// Holds no timer: it says how long to wait instead.
/// </summary>
internal sealed class SendQueue(PoolExporterSettings settings, TimeProvider time)
{
    private readonly List<Batch> _again = [];
    private readonly List<PoolEntry> _spared = [];
    private readonly CatchUp _catchUp = new(settings.CatchUpShare);
    private readonly RateLimit _rate = new(settings.RateLimit, time);

    /// <summary>What is queued behind.</summary>
    public ReadAhead Ahead { get; } = new(settings.ReadAheadBytes, settings.Ordered);

    /// <summary>The last number that may be sent.</summary>
    public long ReleasedUpTo { get; set; } = long.MaxValue;

    /// <summary>What need not be sent any more.</summary>
    public Relief Relief { get; set; } = Relief.None;

    /// <summary>Whether batches go as they are, without waiting to fill.</summary>
    public bool IsFlushing { get; set; }

    /// <summary>Batches that have failed and wait to be sent again.</summary>
    public IReadOnlyList<Batch> WaitingAgain => _again;

    /// <summary>Whether nothing is left to send, in memory or to be read.</summary>
    public bool IsEmpty => _again.Count == 0 && Ahead.IsCaughtUp;

    /// <summary>The oldest item in memory that is not on its way.</summary>
    public PoolEntry? Oldest => _again.Count > 0 ? _again[0].Entries[0] : Ahead.Oldest;

    /// <summary>Batches to send again before anything else, in this order.</summary>
    public void PutBack(IEnumerable<Batch> batches)
    {
        var index = 0;
        foreach (var batch in batches)
        {
            _again.Insert(index++, batch);
            Ahead.BytesInBatches += batch.Bytes;
        }
    }

    /// <summary>Lets every batch that waits go now.</summary>
    public void HurryUp() => _again.ForEach(batch => batch.NotBefore = 0);

    /// <summary>Takes the next batch.</summary>
    /// <param name="inFlight">Items on their way.</param>
    /// <param name="batch">What to send.</param>
    /// <param name="wait">When false is returned: how long until it is worth asking again, infinite when only an event can change that.</param>
    public bool TryTake(int inFlight, [MaybeNullWhen(false)] out Batch batch, out TimeSpan wait)
    {
        batch = null;
        wait = Timeout.InfiniteTimeSpan;
        var room = settings.MaxInFlight > 0 ? settings.MaxInFlight - inFlight : int.MaxValue;
        if (room <= 0)
        {
            return false;
        }

        if (_rate.Wait(1) is var pause && pause > TimeSpan.Zero)
        {
            wait = pause;
            return false;
        }

        if (!TryTakeAgain(out batch, ref wait) && (settings.Ordered && _again.Count > 0 || !TryCut(Math.Min(room, settings.Batch.Size), out batch, ref wait)))
        {
            return false;
        }

        _rate.Take(batch.Entries.Count);
        return true;
    }

    /// <summary>What was found to be relieved since the last call; it has left the queue.</summary>
    public IReadOnlyList<PoolEntry> TakeSpared()
    {
        if (_spared.Count == 0)
        {
            return [];
        }

        var spared = _spared.ToArray();
        _spared.Clear();
        return spared;
    }

    /// <summary>Whether a batch up to this position that has failed before may go now.</summary>
    public bool HasDue(long position) => _again.Exists(batch => batch.Entries[0].Position <= position && Left(batch) <= TimeSpan.Zero);

    /// <summary>How long until a batch may go.</summary>
    public TimeSpan Left(Batch batch) => batch.NotBefore == 0 ? TimeSpan.Zero : time.GetElapsedTime(time.GetTimestamp(), batch.NotBefore);

    /// <summary>Takes out everything that is in memory, oldest first.</summary>
    public IReadOnlyList<PoolEntry> TakeAll()
    {
        var all = _again.SelectMany(batch => batch.Entries).Concat(Ahead.Queued).ToArray();
        Ahead.BytesInBatches -= _again.Sum(batch => batch.Bytes);
        _again.Clear();
        Ahead.Clear();
        return all;
    }

    /// <summary>Takes out what is in memory only, oldest first.</summary>
    public IReadOnlyList<PoolEntry> TakeUnsaved()
    {
        var batches = _again.Where(batch => !batch.IsSaved).ToArray();
        foreach (var batch in batches)
        {
            _again.Remove(batch);
            Ahead.BytesInBatches -= batch.Bytes;
        }

        return [.. batches.SelectMany(batch => batch.Entries), .. Ahead.TakeUnsaved()];
    }

    private bool TryTakeAgain([MaybeNullWhen(false)] out Batch batch, ref TimeSpan wait)
    {
        batch = null;
        for (var index = 0; index < _again.Count && batch is null && (index == 0 || !settings.Ordered);)
        {
            if (Left(_again[index]) is var left && left > TimeSpan.Zero)
            {
                wait = Sooner(wait, left);
                index++;
                continue;
            }

            var due = _again[index];
            _again.RemoveAt(index);
            Ahead.BytesInBatches -= due.Bytes;
            batch = WithoutSpared(due);
        }

        return batch is not null;
    }

    private Batch? WithoutSpared(Batch batch)
    {
        if (!batch.Entries.Any(entry => Relief.Covers(entry.Order)))
        {
            return batch;
        }

        _spared.AddRange(batch.Entries.Where(entry => Relief.Covers(entry.Order)));
        var rest = batch.Entries.Where(entry => !Relief.Covers(entry.Order)).ToArray();
        return rest.Length == 0 ? null : batch.Part(rest);
    }

    private bool TryCut(int most, [MaybeNullWhen(false)] out Batch batch, ref TimeSpan wait)
    {
        batch = null;
        Spare(backlog: true);
        Spare(backlog: false);
        var backlog = _catchUp.NextIsBacklog(Ahead.HasBacklog, Ahead.HasLive);
        if (!Ahead.TryPeek(backlog, out var first) || first.Order > ReleasedUpTo)
        {
            return false;
        }

        if (StillFills(first, most) is var left && left > TimeSpan.Zero)
        {
            wait = Sooner(wait, left);
            return false;
        }

        batch = Cut(backlog, most);
        _catchUp.Sent(batch.Entries.Count, backlog);
        return true;
    }

    private void Spare(bool backlog)
    {
        while (Ahead.TryPeek(backlog, out var entry) && Relief.Covers(entry.Order))
        {
            _spared.Add(Ahead.Dequeue(backlog));
        }
    }

    private TimeSpan StillFills(PoolEntry first, int most) =>
        IsFlushing || settings.Batch.Age == TimeSpan.Zero || first.IsBacklog || Ahead.Count >= most || Ahead.Bytes >= settings.Batch.Bytes
            ? TimeSpan.Zero
            : settings.Batch.Age - time.GetElapsedTime(first.ArrivedAt);

    private Batch Cut(bool backlog, int most)
    {
        var entries = new List<PoolEntry>();
        long bytes = 0;
        while (entries.Count < most
            && Ahead.TryPeek(backlog, out var entry)
            && entry.Order <= ReleasedUpTo
            && (entries.Count == 0 || entry.Position > 0 == entries[0].Position > 0)
            && (entries.Count == 0 || bytes + entry.Item.Payload.Length <= settings.Batch.Bytes))
        {
            Ahead.Dequeue(backlog);
            if (Relief.Covers(entry.Order))
            {
                _spared.Add(entry);
                continue;
            }

            entries.Add(entry);
            bytes += entry.Item.Payload.Length;
        }

        return new Batch(entries);
    }

    private static TimeSpan Sooner(TimeSpan one, TimeSpan other) => one == Timeout.InfiniteTimeSpan || other < one ? other : one;
}
