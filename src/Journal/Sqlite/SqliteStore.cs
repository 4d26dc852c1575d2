using Sluice.Journal.Engine;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Sqlite;

/// <summary>Rows in a SQLite file in WAL mode: one connection writes and checkpoints, another reads beside it, and the log is synced apart.</summary>
internal sealed class SqliteStore : IJournalStore
{
    public const int PageSize = 4096;

    private const int PagesPerTidy = 512;
    private const int LeastFreePages = 1024;
    private const int FewPages = 4096;
    private const int MostPagesToSearch = 65_536;

    private readonly SqliteDatabase _writing;
    private readonly SqliteLock _lock;
    private readonly SqliteReserve _reserve;
    private readonly SqliteReader _reader;
    private readonly SqliteCommit _commit;
    private readonly SqliteLog _log;
    private readonly SqliteStatement _measure;
    private readonly SqliteStatement _any;
    private readonly SqliteStatement _find;

    public SqliteStore(string pool, SqliteDatabase writing, SqliteReader reader, SqliteLock held, SqliteReserve reserve)
    {
        (_writing, _reader, _lock, _reserve) = (writing, reader, held, reserve);
        writing.Execute("pragma synchronous = normal; pragma temp_store = memory");
        _log = new SqliteLog(writing.File);
        _commit = new SqliteCommit(writing, pool);
        _measure = writing.Prepare(
            "select count(*), coalesce(sum(size), 0), coalesce(sum(position), 0) from item where audience = ? and position between ? and ?");
        _any = writing.Prepare("select 1 from item where audience = ? and position between ? and ? limit 1");
        _find = writing.Prepare("select position, audience, size from item where position = ?");
    }

    public string Where => _writing.File;

    public IJournalReader Reader => _reader;

    public bool SyncsApart => true;

    public void Sync() => _log.Sync();

    public void NoteDamage() => Suspicion.Note(Where);

    public ValueTask<StoredState> LoadAsync()
    {
        var state = SqliteState.Read(_writing);
        state.LastMessage = SqliteMessages.Last(_writing);
        return ValueTask.FromResult(state);
    }

    public ValueTask FindMessagesAsync(IReadOnlyList<string> ids, Dictionary<string, RememberedMessage> into)
    {
        SqliteMessages.Find(_writing, ids, into);
        return ValueTask.CompletedTask;
    }

    public ValueTask ReadMessagesAsync(long after, int max, List<RememberedMessage> into)
    {
        SqliteMessages.Read(_writing, after, max, into);
        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync(PoolState pool, CommitPlan plan)
    {
        if (plan.Items.Count > 0 && !_reserve.TryTake())
        {
            throw new JournalDiskFullException(Where, "what is left is kept for settlements", null);
        }

        try
        {
            _commit.CarryOut(pool, plan);
        }
        catch (JournalDiskFullException) when (plan.Items.Count == 0 && _reserve.TryGiveUp())
        {
            // The log can begin anew only once it is in the file, which may have to grow for it: that is what the reserve has room for.
            _writing.Execute("pragma wal_checkpoint(truncate)");
            _commit.CarryOut(pool, plan);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<RangeTotals> MeasureAsync(int audience, PositionRange range)
    {
        _measure.Bind(1, audience).Bind(2, range.First).Bind(3, range.Last).Step();
        var totals = new RangeTotals(_measure.Int64(0), _measure.Int64(1), _measure.Int64(2));
        _measure.Reset();
        return ValueTask.FromResult(totals);
    }

    public ValueTask<bool> AnyAsync(int audience, PositionRange range)
    {
        var any = _any.Bind(1, audience).Bind(2, range.First).Bind(3, range.Last).Step();
        _any.Reset();
        return ValueTask.FromResult(any);
    }

    public ValueTask<ItemHeader?> FindAsync(long position)
    {
        var header = _find.Bind(1, position).Step() ? Header(_find) : default(ItemHeader?);
        _find.Reset();
        return ValueTask.FromResult(header);
    }

    public ValueTask ReadHeadersAsync(IReadOnlyList<int>? audiences, long after, int max, List<ItemHeader> into)
    {
        var statement = SqliteReader.BindPage(_writing, "position, audience, size", audiences, after, max);
        while (statement.Step())
        {
            into.Add(Header(statement));
        }

        statement.Reset();
        return ValueTask.CompletedTask;
    }

    public ValueTask ReadRedrivesAsync(int sink, PositionRange range, List<RedriveMark> into)
    {
        var statement = _writing.Prepare("select redrive_position, id, size from dead_letter where sink = ? and redrive_position between ? and ?")
            .Bind(1, sink).Bind(2, range.First).Bind(3, range.Last);
        while (statement.Step())
        {
            into.Add(new RedriveMark(statement.Int64(0), statement.Int64(1), statement.Int64(2)));
        }

        statement.Reset();
        return ValueTask.CompletedTask;
    }

    public ValueTask<DeadLetterHeader?> FindDeadLetterAsync(long id)
    {
        var statement = _writing.Prepare("select id, sink, size, last_try, redrive_position from dead_letter where id = ?").Bind(1, id);
        var header = statement.Step() ? DeadLetterHeader(statement) : default(DeadLetterHeader?);
        statement.Reset();
        return ValueTask.FromResult(header);
    }

    public ValueTask ReadOldestDeadLettersAsync(int max, List<DeadLetterHeader> into)
    {
        var statement = _writing.Prepare(
            "select id, sink, size, last_try, redrive_position from dead_letter where redrive_position is null order by last_try, id limit ?")
            .Bind(1, max);
        while (statement.Step())
        {
            into.Add(DeadLetterHeader(statement));
        }

        statement.Reset();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Free pages are used again before the file grows, so only a file of which three quarters are free is made smaller. What little is left is written anew, which
    /// gives all else back at once. Of more, pages are moved from the file's end into free ones; SQLite searches its list of free pages for each, so that a file
    /// with very many of them (a large backlog being drained) waits until little is left.
    /// </summary>
    public ValueTask<bool> TidyAsync()
    {
        var (free, pages) = (_writing.Number("pragma freelist_count"), _writing.Number("pragma page_count"));
        if (free < LeastFreePages || free * 4 < pages * 3)
        {
            return ValueTask.FromResult(false);
        }

        if (pages - free <= FewPages)
        {
            _writing.Execute("vacuum");
            return ValueTask.FromResult(false);
        }

        if (free > MostPagesToSearch)
        {
            return ValueTask.FromResult(false);
        }

        _writing.Execute($"pragma incremental_vacuum({PagesPerTidy})");
        return ValueTask.FromResult(true);
    }

    public async ValueTask DisposeAsync()
    {
        // The reader first: the writer's connection is then the last, and leaves one whole file without a log beside it.
        await _reader.DisposeAsync().ConfigureAwait(false);
        _log.Dispose();
        _writing.Dispose();
        _reserve.Dispose();
        _lock.Dispose();
    }

    private static ItemHeader Header(SqliteStatement row) => new(row.Int64(0), (int)row.Int64(1), row.Int64(2));

    private static DeadLetterHeader DeadLetterHeader(SqliteStatement row) =>
        new(row.Int64(0), (int)row.Int64(1), row.Int64(2), row.Int64(3), !row.IsNull(4));
}
