using System.Diagnostics.CodeAnalysis;
using Sluice.Actors.Pools.Policies;

namespace Sluice.Actors.Pools.Sending;

/// <summary>
/// Decides everything about one exporter's sending: what goes next and when, and what follows from how an attempt ended. It starts nothing itself
/// and holds no timer, so it is tested without waiting; <see cref="ExporterActor"/> carries out what it says.
/// </summary>
internal sealed class Outbox
{
    private readonly ExporterContext _context;
    private readonly ExporterCounters _counters;
    private readonly SendQueue _queue;
    private readonly Pace _pace;
    private readonly Setbacks _setbacks;
    private long _lastOrder;
    private long _lastEnded;
    private long _toldUpTo;

    public Outbox(ExporterContext context, ExporterCounters counters)
    {
        _context = context;
        _counters = counters;
        _queue = new SendQueue(context.Settings, context.Time);
        _pace = new Pace(context.Settings, context.Time, context.Random);
        Aftermath = new Aftermath(context, counters);
        _setbacks = new Setbacks(context, counters, _queue, _pace, Aftermath);
    }

    /// <summary>What became of items.</summary>
    public Aftermath Aftermath { get; }

    /// <summary>What is on its way.</summary>
    public Outstanding Outstanding { get; } = new();

    /// <summary>What is held in memory.</summary>
    public ReadAhead Ahead => _queue.Ahead;

    /// <summary>Whether saved items wait until somebody asks for them.</summary>
    public bool IsParked => _setbacks.IsParked;

    /// <summary>Whether what was parked is being sent because somebody asked.</summary>
    public bool IsRewound { get; private set; }

    /// <summary>Batches that may be on their way at once.</summary>
    public int Limit => _pace.Limit;

    /// <summary>Whether the circuit is open.</summary>
    public bool IsCircuitOpen => _pace.IsCircuitOpen;

    /// <summary>Whether nothing is left to send or on its way; what is parked does not count.</summary>
    public bool IsDone => _queue.IsEmpty && Outstanding.Batches == 0 && _setbacks.Suspects.Count == 0 && Aftermath.Spill.IsWritten;

    /// <summary>
    /// Whether what waits to be saved may be written: what was accepted before it is not on its way any more, so that it cannot come behind it in the
    /// journal. When memory is full it may all the same: order is worth less than the items.
    /// </summary>
    public bool MaySpill =>
        !_context.Settings.Ordered
        || Aftermath.Spill.Bytes > _context.Settings.ReadAheadBytes
        || !(Outstanding.HasUnsaved || _setbacks.Suspects.Any(batch => !batch.IsSaved) || _queue.WaitingAgain.Any(batch => !batch.IsSaved));

    /// <summary>The oldest item in memory.</summary>
    public PoolEntry? Oldest => Outstanding.Oldest ?? _queue.Oldest;

    /// <summary>How long until the next attempt after a failure; zero when it does not hold back.</summary>
    public TimeSpan HeldBackFor
    {
        get
        {
            var again = _context.Settings.Ordered && _queue.WaitingAgain.Count > 0 ? _queue.Left(_queue.WaitingAgain[0]) : TimeSpan.Zero;
            return _pace.Wait() is var pace && pace > again ? pace : again;
        }
    }

    /// <summary>Starts with what the journal holds up to here; with manual re-export that waits to be asked for.</summary>
    public void Begin(long head, bool owesAnything)
    {
        _setbacks.IsParked = _context.ManualReexport && owesAnything;
        if (_context.ManualReexport)
        {
            Ahead.Pass(head);
        }
        else
        {
            Ahead.Start(head);
        }
    }

    /// <summary>New items, in order.</summary>
    public void Hand(IReadOnlyList<PoolEntry> entries)
    {
        var isHeldBack = HeldBackFor > TimeSpan.Zero;
        foreach (var entry in entries)
        {
            _lastOrder = Math.Max(_lastOrder, entry.Order);
            if (entry.Position > 0)
            {
                HandSaved(entry, isHeldBack);
            }
            else
            {
                HandUnsaved(entry, isHeldBack);
            }
        }
    }

    /// <summary>The journal owes more, up to here, than was handed over.</summary>
    public void OwesMore(long upTo)
    {
        if (_context.ManualReexport && !IsRewound)
        {
            _setbacks.IsParked = true;
            Ahead.Pass(upTo);
        }
        else
        {
            Ahead.Extend(upTo);
        }
    }

    /// <summary>The pool lets items up to here be sent.</summary>
    public void Release(long upTo) => _queue.ReleasedUpTo = upTo;

    /// <summary>These need not be sent any more.</summary>
    public void Relieve(Relief relief) => _queue.Relief = relief;

    /// <summary>Batches go without waiting to fill.</summary>
    public void Flush() => _queue.IsFlushing = true;

    /// <summary>Somebody wants everything tried now: neither backoff nor circuit holds back the next attempt.</summary>
    public void HurryUp()
    {
        _pace.HurryUp();
        _queue.HurryUp();
    }

    /// <summary>Everything that the journal owes, up to here, is to be sent from the beginning; nothing may be on its way.</summary>
    public void Rewind(long head)
    {
        SaveAll("It was put behind what is unsent.");
        _setbacks.IsParked = false;
        IsRewound = _context.ManualReexport;
        Ahead.Start(head);
    }

    /// <summary>Goes on with another journal: what is saved is read from there, what is in memory only comes behind it.</summary>
    public void GoOn(long head, bool owesAnything)
    {
        var unsaved = _queue.TakeAll().Where(entry => entry.Position == 0).ToArray();
        Ahead.Gaps.Clear();
        Begin(head, owesAnything);
        Hand(unsaved);
    }

    /// <summary>Takes out everything that is in memory only, oldest first; of what is on its way nobody will hear.</summary>
    public IReadOnlyList<PoolEntry> TakeUnsaved() =>
        [.. Outstanding.Entries.Concat(_setbacks.Suspects.SelectMany(batch => batch.Entries)).Where(entry => entry.Position == 0), .. _queue.TakeUnsaved()];

    /// <summary>Empties memory: what is saved stays owed, what is not is to be saved, or is lost when the pool saves nothing.</summary>
    public void SaveAll(string why) => _setbacks.LeaveOwed(_queue.TakeAll(), why);

    /// <summary>Takes what is next.</summary>
    /// <param name="batch">What to send.</param>
    /// <param name="isProbe">Whether the sink is to be probed first.</param>
    /// <param name="wait">When false is returned: how long until it is worth asking again, infinite when only an event can change that.</param>
    public bool TryTake([MaybeNullWhen(false)] out Batch batch, out bool isProbe, out TimeSpan wait)
    {
        batch = null;
        isProbe = _pace.IsHalfOpen;
        wait = Outstanding.Batches >= Limit ? Timeout.InfiniteTimeSpan : _pace.Wait();
        if (wait != TimeSpan.Zero)
        {
            return false;
        }

        var isTaken = _queue.TryTake(Outstanding.Items, out batch, out wait);
        foreach (var spared in _queue.TakeSpared())
        {
            Aftermath.Spared(spared);
        }

        if (!isTaken)
        {
            IsRewound &= !IsDone;
            return false;
        }

        batch!.Attempts++;
        _pace.Started();
        Leaves(batch);
        return true;
    }

    /// <summary>An attempt has ended.</summary>
    public void Ended(AttemptEnded end)
    {
        var (batch, verdict) = (end.Batch, Verdict.Of(end.Batch, end.Outcomes));
        Returns(batch);
        Count(verdict, end);
        verdict.Delivered.ForEach(delivered => Aftermath.Delivered(delivered.Entry, delivered.Response));
        verdict.Undeliverable.ForEach(never => Aftermath.Undeliverable(never.Entry, never.Why, batch));
        if (verdict.RefusedTogether.Count > 0)
        {
            _queue.PutBack(batch.Part(verdict.RefusedTogether).Halves());
        }

        if (verdict.Later.Count > 0)
        {
            _setbacks.TryLater(batch.Part(verdict.Later), verdict, end.WasStopped);
        }

        _lastEnded = Math.Max(_lastEnded, batch.Entries[^1].Order);
        TellThoseWhoWait();
    }

    /// <summary>A batch whose sink is to be probed, because it used up its attempts; null when there is none.</summary>
    public Batch? TakeSuspect()
    {
        var suspect = _setbacks.TakeSuspect();
        if (suspect is not null)
        {
            Leaves(suspect);
        }

        return suspect;
    }

    /// <summary>A suspect's sink was probed.</summary>
    public void Probed(Batch suspect, bool isReachable)
    {
        Returns(suspect);
        _setbacks.Probed(suspect, isReachable);
    }

    /// <summary>How far everything has been tried at least once or put behind unsent data, and how far everything is done.</summary>
    public (long Tried, long Done) Progress()
    {
        var untried = Lowest(Outstanding.Oldest, Ahead.Oldest);
        var undone = Lowest(untried, _queue.Oldest);
        var done = undone is not null ? undone.Order - 1
            : Ahead.Gaps.IsEmpty && _setbacks.Suspects.Count == 0 && !IsParked ? _lastOrder
            : _context.Settings.Ordered && !IsParked ? _lastEnded : 0;
        return (untried is null ? _lastOrder : untried.Order - 1, done);
    }

    /// <summary>Whether something up to this position can still be tried without waiting for time to pass.</summary>
    public bool HasUntried(long upTo) =>
        Outstanding.HasUpTo(upTo)
        || _setbacks.Suspects.Count > 0
        || (HeldBackFor <= TimeSpan.Zero
            && (_queue.HasDue(upTo)
                || (!Ahead.Gaps.IsEmpty && Ahead.Gaps.First.After < upTo)
                || (Ahead.Oldest is { Position: > 0 } next && next.Position <= upTo)));

    private void HandSaved(PoolEntry entry, bool isHeldBack)
    {
        if (isHeldBack && _context.ManualReexport)
        {
            Ahead.Pass(entry.Position);
            _setbacks.LeaveOwed(entry, HoldsBack());
        }
        else if (!Ahead.Offer(entry) || isHeldBack)
        {
            Aftermath.StillOwed(entry, HoldsBack());
        }
    }

    private void HandUnsaved(PoolEntry entry, bool isHeldBack)
    {
        var isBehind = isHeldBack || !Ahead.Gaps.IsEmpty || !Aftermath.Spill.IsWritten;
        if (isBehind || !Ahead.Offer(entry))
        {
            _setbacks.LeaveOwed(_queue.TakeUnsaved(), HoldsBack());
            _setbacks.LeaveOwed(entry, HoldsBack());
        }
    }

    /// <summary>Senders do not wait for an exporter that holds back; and what it holds in memory only has to be saved.</summary>
    private void TellThoseWhoWait()
    {
        if (HeldBackFor <= TimeSpan.Zero)
        {
            return;
        }

        if (_context.ManualReexport || _context.Save is SaveMode.Off)
        {
            SaveAll(HoldsBack());
            Ahead.Gaps.Clear();
            IsRewound = false;
            return;
        }

        _setbacks.LeaveOwed(_queue.TakeUnsaved(), HoldsBack());
        foreach (var entry in Ahead.Queued.Where(entry => entry.IsAwaited && entry.Order > _toldUpTo))
        {
            Aftermath.StillOwed(entry, HoldsBack());
            _toldUpTo = entry.Order;
        }
    }

    private void Count(Verdict verdict, AttemptEnded end)
    {
        var failed = end.Batch.Entries.Count - verdict.Delivered.Count;
        if (end.WasStopped && failed > 0)
        {
            return;
        }

        _counters.Failed += failed;
        _counters.LastError = verdict.Error ?? _counters.LastError;
        _pace.Ended(end.Latency, verdict.WasAnswered, verdict.Later.Count == 0);
    }

    private string HoldsBack() =>
        HeldBackFor > TimeSpan.Zero
            ? $"It waits behind unsent data; the last attempt failed: {_counters.LastError}"
            : "It waits behind unsent data.";

    private void Leaves(Batch batch)
    {
        Outstanding.Add(batch);
        Ahead.BytesInBatches += batch.Bytes;
    }

    private void Returns(Batch batch)
    {
        Outstanding.Remove(batch);
        Ahead.BytesInBatches -= batch.Bytes;
    }

    private static PoolEntry? Lowest(PoolEntry? one, PoolEntry? other) =>
        one is null ? other : other is null || one.Order <= other.Order ? one : other;
}
