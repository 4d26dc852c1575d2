using Sluice.Journal.DeadLetters;
using Sluice.Journal.Engine;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Sqlite;

/// <summary>A connection that only reads. Calls take turns and run on the pool's threads, because SQLite blocks the one that asks.</summary>
internal sealed class SqliteReader(SqliteDatabase database, bool marksDamage) : IJournalReader
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public async ValueTask ReadItemsAsync(ItemQuery query, List<StoredItem> into, CancellationToken cancellationToken) =>
        await InTurnAsync(() => ReadItems(query, into), cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        string pool, DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        await InTurnAsync(() => ReadDeadLetters(pool, filter, after, max, letters), cancellationToken).ConfigureAwait(false);
        return letters;
    }

    public async ValueTask<StoredState> ReadStateAsync(CancellationToken cancellationToken)
    {
        StoredState? state = null;
        await InTurnAsync(() => InOnePicture(() => state = SqliteState.Read(database)), cancellationToken).ConfigureAwait(false);
        return state!;
    }

    public async ValueTask ScanAsync(IJournalVisitor visitor, CancellationToken cancellationToken) =>
        await InTurnAsync(() => InOnePicture(() => Scan(visitor, cancellationToken)), cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        database.Dispose();
        _turn.Dispose();
    }

    /// <summary>A page of item rows in the order of their positions: one index range per audience, merged.</summary>
    public static SqliteStatement BindPage(SqliteDatabase database, string columns, IReadOnlyList<int>? audiences, long after, long max)
    {
        if (audiences is null)
        {
            return database.Prepare($"select {columns} from item where position > ? order by position limit ?").Bind(1, after).Bind(2, max);
        }

        var arm = $"select {columns} from item where audience = ? and position > ?";
        var statement = database.Prepare(string.Join(" union all ", Enumerable.Repeat(arm, audiences.Count)) + " order by position limit ?");
        for (var index = 0; index < audiences.Count; index++)
        {
            statement.Bind((2 * index) + 1, audiences[index]).Bind((2 * index) + 2, after);
        }

        return statement.Bind((2 * audiences.Count) + 1, max);
    }

    private void ReadItems(in ItemQuery query, List<StoredItem> into)
    {
        if (query.Audiences is { Count: 0 })
        {
            return;
        }

        var (after, bytes, skip) = (query.After, 0L, 0);
        while (true)
        {
            // A page may start inside a settled range: skip to its end at once instead of reading through it.
            while (skip < query.Except.Length && query.Except[skip].First <= after + 1)
            {
                after = Math.Max(after, query.Except[skip++].Last);
            }

            var until = skip < query.Except.Length ? query.Except[skip].First : long.MaxValue;
            if (!ReadPage(query, after, until, into, ref bytes) || until == long.MaxValue)
            {
                return;
            }

            after = until - 1;
        }
    }

    /// <summary>Reads rows below <paramref name="until"/>; says whether the caller wants more behind it.</summary>
    private bool ReadPage(in ItemQuery query, long after, long until, List<StoredItem> into, ref long bytes)
    {
        var statement = BindPage(database, SqliteRows.ItemColumns, query.Audiences, after, query.MaxItems - into.Count);
        try
        {
            while (statement.Step())
            {
                if (statement.Int64(0) >= until)
                {
                    return true;
                }

                var size = statement.Int64(3);
                if (into.Count > 0 && bytes + size > query.MaxBytes)
                {
                    return false;
                }

                bytes += size;
                into.Add(SqliteRows.Item(statement));
                if (into.Count == query.MaxItems)
                {
                    return false;
                }
            }

            return false;
        }
        finally
        {
            statement.Reset();
        }
    }

    private void ReadDeadLetters(string pool, DeadLetterFilter filter, long after, int max, List<DeadLetter> into)
    {
        var statement = database.Prepare(
            $"""
            select {SqliteRows.DeadLetterColumns} from dead_letter d join sink s on s.id = d.sink
            where d.id > ?1 and (?2 is null or s.name = ?2) and (?3 is null or d.class = ?3) and (?4 is null or d.tube = ?4)
                and (?5 is null or d.node = ?5) and (?6 is null or instr(lower(d.error), lower(?6)) > 0)
                and d.last_try < ?7 and d.last_try >= ?8 and (?9 < 0 or (d.redrive_position is not null) = ?9)
            order by d.id limit ?10
            """)
            .Bind(1, after).Bind(2, filter.Sink).Bind(3, filter.Class is { } kind ? Words.Of(kind) : null).Bind(4, filter.Tube)
            .Bind(5, filter.Node).Bind(6, filter.ErrorContains)
            .Bind(7, filter.LastTryBefore?.ToUnixTimeMilliseconds() ?? long.MaxValue)
            .Bind(8, filter.LastTryFrom?.ToUnixTimeMilliseconds() ?? long.MinValue)
            .Bind(9, filter.Redriving switch { null => -1, true => 1, false => 0 }).Bind(10, max);
        try
        {
            while (statement.Step())
            {
                into.Add(SqliteRows.DeadLetter(statement, pool));
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private void Scan(IJournalVisitor visitor, CancellationToken cancellationToken)
    {
        visitor.Begin(SqliteState.Read(database));
        SqliteRows.Each(database, $"select {SqliteRows.ItemColumns} from item order by position", row =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            visitor.Item(SqliteRows.Item(row));
        });
        SqliteRows.Each(
            database,
            "select sink, redrive_position, size from dead_letter",
            row => visitor.DeadLetter((int)row.Int64(0), !row.IsNull(1), row.Int64(2)));
    }

    private void InOnePicture(Action read)
    {
        database.Execute("begin");
        try
        {
            read();
        }
        finally
        {
            database.Execute("commit");
        }
    }

    private async ValueTask InTurnAsync(Action read, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(read, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalDamagedException) when (marksDamage)
        {
            Suspicion.Note(database.File);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }
}
