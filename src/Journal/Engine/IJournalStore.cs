namespace Sluice.Journal.Engine;

/// <summary>
/// Where rows lie. Called by one caller at a time, the writer. Failures come as <see cref="Errors.JournalException"/>, and a commit that
/// failed has left nothing behind.
/// </summary>
internal interface IJournalStore : IAsyncDisposable
{
    string Where { get; }

    /// <summary>Remembers beyond this process that damage was met, so that the next opening looks closely.</summary>
    void NoteDamage();

    ValueTask<StoredState> LoadAsync();

    ValueTask CommitAsync(PoolState pool, CommitPlan plan);

    /// <summary>Whether a commit is on the disk only after a <see cref="Sync"/>.</summary>
    bool SyncsApart => false;

    /// <summary>Brings all commits written before the call to the disk. Called beside the writer, by one caller at a time.</summary>
    void Sync()
    {
    }

    /// <summary>Those of the messages that are remembered, by their ids.</summary>
    ValueTask FindMessagesAsync(IReadOnlyList<string> ids, Dictionary<string, RememberedMessage> into);

    /// <summary>Remembered messages with a number above <paramref name="after"/>, ascending.</summary>
    ValueTask ReadMessagesAsync(long after, int max, List<RememberedMessage> into);

    ValueTask<RangeTotals> MeasureAsync(int audience, PositionRange range);

    ValueTask<bool> AnyAsync(int audience, PositionRange range);

    ValueTask<ItemHeader?> FindAsync(long position);

    /// <summary>Headers by position, of some audiences or (null) of all.</summary>
    ValueTask ReadHeadersAsync(IReadOnlyList<int>? audiences, long after, int max, List<ItemHeader> into);

    ValueTask ReadRedrivesAsync(int sink, PositionRange range, List<RedriveMark> into);

    ValueTask<DeadLetterHeader?> FindDeadLetterAsync(long id);

    /// <summary>Resting dead letters, longest untried first.</summary>
    ValueTask ReadOldestDeadLettersAsync(int max, List<DeadLetterHeader> into);

    /// <summary>Gives space back where that is worth it; a bounded piece of work. Says whether there is more to do.</summary>
    ValueTask<bool> TidyAsync();

    IJournalReader Reader { get; }
}

/// <summary>Who looks at all rows.</summary>
internal interface IJournalVisitor
{
    void Begin(StoredState state);

    void Item(StoredItem item);

    void DeadLetter(int sink, bool redriving, long size);
}

/// <summary>How many items, how many bytes they have, and the sum of their positions, which tells whether they are the ones that are meant.</summary>
internal readonly record struct RangeTotals(long Items, long Bytes, long PositionSum)
{
    public static RangeTotals operator +(RangeTotals a, RangeTotals b) =>
        new(a.Items + b.Items, a.Bytes + b.Bytes, a.PositionSum + b.PositionSum);
}

/// <summary>An item without its content.</summary>
internal readonly record struct ItemHeader(long Position, int Audience, long Size);

/// <summary>A dead letter that is owed again, and where.</summary>
internal readonly record struct RedriveMark(long Position, long Id, long Size);

/// <summary>A dead letter without its content.</summary>
internal readonly record struct DeadLetterHeader(long Id, int Sink, long Size, long LastTry, bool Redriving);

/// <summary>Which items a reader wants: those of some audiences (null: of all) behind a position, apart from those in ranges.</summary>
internal readonly record struct ItemQuery(IReadOnlyList<int>? Audiences, long After, int MaxItems, long MaxBytes, PositionRange[] Except);
