namespace Sluice.Actors.Pools.Sending;

/// <summary>
/// What an exporter holds in memory of what it is owed: live items as long as there is room, and a stretch of the journal behind that.
/// Memory is bounded whatever the backlog: what does not fit stays in the journal as a gap and is read when there is room.
/// </summary>
/// <param name="limitBytes">The most that may be held. An item larger than that is held alone.</param>
/// <param name="isOrdered">Whether live items must wait until every gap is read.</param>
internal sealed class ReadAhead(long limitBytes, bool isOrdered)
{
    private readonly Queue<PoolEntry> _backlog = new();
    private readonly Queue<PoolEntry> _live = new();
    private long _backlogBytes;
    private long _liveBytes;
    private long _head;
    private bool _refusedLast;

    /// <summary>What has to be read from the journal.</summary>
    public Gaps Gaps { get; } = new();

    /// <summary>Bytes held outside of the queues by batches on their way or waiting to be sent again.</summary>
    public long BytesInBatches { get; set; }

    /// <summary>Bytes held in all.</summary>
    public long Bytes => _backlogBytes + _liveBytes + BytesInBatches;

    /// <summary>Items in the queues.</summary>
    public int Count => _backlog.Count + _live.Count;

    /// <summary>Whether nothing is queued and nothing has to be read.</summary>
    public bool IsCaughtUp => Count == 0 && Gaps.IsEmpty;

    /// <summary>Whether items read from the journal are queued for an unordered exporter; an ordered one has a single queue.</summary>
    public bool HasBacklog => _backlog.Count > 0;

    /// <summary>Whether live items are queued.</summary>
    public bool HasLive => _live.Count > 0;

    /// <summary>How much may be read from the journal now; 0 when there is no room or nothing to read.</summary>
    public long RoomToRead
    {
        get
        {
            var room = Math.Min(limitBytes - Bytes, isOrdered ? limitBytes : (limitBytes / 2) - _backlogBytes);
            return Gaps.IsEmpty || (Bytes > 0 && room < limitBytes / 4) ? 0 : Math.Max(room, 1);
        }
    }

    /// <summary>The oldest item in the queues.</summary>
    public PoolEntry? Oldest => _backlog.TryPeek(out var entry) || _live.TryPeek(out entry) ? entry : null;

    /// <summary>The journal holds what the exporter is owed up to here; none of it is in memory.</summary>
    public void Start(long head)
    {
        Gaps.Clear();
        Gaps.Add(0, head, joins: false);
        _head = head;
        _refusedLast = !Gaps.IsEmpty;
    }

    /// <summary>Nothing of the journal up to here is to be read.</summary>
    public void Pass(long position)
    {
        _head = Math.Max(_head, position);
        _refusedLast = false;
    }

    /// <summary>Takes a live item if there is room; otherwise, if it is saved, it becomes part of a gap.</summary>
    /// <returns>Whether it is held in memory; false too for what the journal was already known to hold.</returns>
    public bool Offer(PoolEntry entry)
    {
        if (entry.Position > 0 && entry.Position <= _head)
        {
            return false;
        }

        var taken = isOrdered ? Gaps.IsEmpty : !Gaps.IsFull;
        taken &= Bytes + entry.Bytes <= limitBytes || (Bytes == 0 && Gaps.IsEmpty);
        taken &= Gaps.IsEmpty || _liveBytes + entry.Bytes <= limitBytes / 2;
        if (taken)
        {
            Enqueue(entry, backlog: false);
        }
        else if (entry.Position > 0)
        {
            Gaps.Add(_head, entry.Position, _refusedLast);
        }

        _refusedLast = !taken;
        _head = Math.Max(_head, entry.Position);
        return taken;
    }

    /// <summary>The journal holds more up to here that was never offered.</summary>
    public void Extend(long head)
    {
        if (head > _head)
        {
            Gaps.Add(_head, head, _refusedLast);
            _head = head;
            _refusedLast = true;
        }
    }

    /// <summary>Takes what was read for the oldest gap.</summary>
    public void Take(IReadOnlyList<PoolEntry> read)
    {
        var upTo = Gaps.First.UpTo;
        var last = Gaps.First.After;
        foreach (var entry in read.TakeWhile(entry => entry.Position <= upTo))
        {
            Enqueue(entry, backlog: !isOrdered);
            last = entry.Position;
        }

        Gaps.Read(last, isEnd: read.Count == 0 || read[^1].Position > upTo);
        _refusedLast &= !Gaps.IsEmpty;
    }

    /// <summary>The next item of one of the queues, without taking it.</summary>
    public bool TryPeek(bool backlog, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out PoolEntry entry) =>
        (backlog ? _backlog : _live).TryPeek(out entry);

    /// <summary>Takes the next item of one of the queues.</summary>
    public PoolEntry Dequeue(bool backlog)
    {
        var entry = (backlog ? _backlog : _live).Dequeue();
        if (backlog)
        {
            _backlogBytes -= entry.Bytes;
        }
        else
        {
            _liveBytes -= entry.Bytes;
        }

        return entry;
    }

    /// <summary>Everything queued, oldest first.</summary>
    public IEnumerable<PoolEntry> Queued => _backlog.Concat(_live);

    /// <summary>Takes out what is in memory only, oldest first.</summary>
    public IReadOnlyList<PoolEntry> TakeUnsaved()
    {
        if (_live.All(entry => entry.Position > 0))
        {
            return [];
        }

        var (unsaved, saved) = (_live.Where(entry => entry.Position == 0).ToArray(), _live.Where(entry => entry.Position > 0).ToArray());
        _live.Clear();
        _liveBytes = 0;
        foreach (var entry in saved)
        {
            Enqueue(entry, backlog: false);
        }

        return unsaved;
    }

    /// <summary>Forgets what is queued.</summary>
    public void Clear()
    {
        _backlog.Clear();
        _live.Clear();
        _backlogBytes = _liveBytes = 0;
        _refusedLast = false;
    }

    private void Enqueue(PoolEntry entry, bool backlog)
    {
        (backlog ? _backlog : _live).Enqueue(entry);
        _backlogBytes += backlog ? entry.Bytes : 0;
        _liveBytes += backlog ? 0 : entry.Bytes;
    }
}
