using Npgsql;
using Sluice.Journal.Engine;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Postgresql;

/// <summary>
/// Rows in a PostgreSQL database. The writer's connection holds an advisory lock on the pool; after an outage it comes back with the same fencing
/// token, or not at all when somebody has taken over meanwhile.
/// </summary>
internal sealed class PostgresqlStore(PostgresqlPlace place, NpgsqlConnection writing, long fence) : IJournalStore
{
    private readonly PostgresqlReader _reader = new(place);
    private NpgsqlConnection _writing = writing;

    public string Where => place.Where;

    public IJournalReader Reader => _reader;

    public void NoteDamage()
    {
        // PostgreSQL keeps track of its own damage.
    }

    public ValueTask<StoredState> LoadAsync() => AskAsync(async connection =>
    {
        await PostgresqlLock.DemandAsync(connection, place, fence).ConfigureAwait(false);
        var state = await PostgresqlRows.ReadStateAsync(connection, place.Pool, CancellationToken.None).ConfigureAwait(false);
        await PostgresqlReader.EachAsync(
            PostgresqlMessages.Last(connection, place.Pool), row => state.LastMessage = row.GetInt64(0), CancellationToken.None).ConfigureAwait(false);
        return state;
    });

    public async ValueTask FindMessagesAsync(IReadOnlyList<string> ids, Dictionary<string, RememberedMessage> into) => await AskAsync(async connection =>
    {
        await PostgresqlReader.EachAsync(
            PostgresqlMessages.Find(connection, place.Pool, ids), row => into[row.GetString(1)] = PostgresqlMessages.Message(row), CancellationToken.None)
            .ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    public async ValueTask ReadMessagesAsync(long after, int max, List<RememberedMessage> into) => await AskAsync(async connection =>
    {
        await PostgresqlReader.EachAsync(
            PostgresqlMessages.Page(connection, place.Pool, after, max), row => into.Add(PostgresqlMessages.Message(row)), CancellationToken.None)
            .ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    public async ValueTask CommitAsync(PoolState pool, CommitPlan plan) => await AskAsync(async connection =>
    {
        await PostgresqlCommit.CarryOutAsync(connection, place.Pool, fence, pool, plan).ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    public async ValueTask<RangeTotals> MeasureAsync(int audience, PositionRange range)
    {
        var totals = default(RangeTotals);
        await EachAsync(
            """
            select count(*), coalesce(sum(size), 0)::bigint, coalesce(sum(position), 0)::bigint from item
            where pool = $1 and audience = $2 and position between $3 and $4
            """,
            row => totals = new RangeTotals(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            place.Pool, audience, range.First, range.Last).ConfigureAwait(false);
        return totals;
    }

    public async ValueTask<bool> AnyAsync(int audience, PositionRange range)
    {
        var any = false;
        await EachAsync(
            "select 1 from item where pool = $1 and audience = $2 and position between $3 and $4 limit 1",
            _ => any = true,
            place.Pool, audience, range.First, range.Last).ConfigureAwait(false);
        return any;
    }

    public async ValueTask<ItemHeader?> FindAsync(long position)
    {
        ItemHeader? header = null;
        await EachAsync(
            "select position, audience, size from item where pool = $1 and position = $2",
            row => header = PostgresqlRows.Header(row),
            place.Pool, position).ConfigureAwait(false);
        return header;
    }

    public async ValueTask ReadHeadersAsync(IReadOnlyList<int>? audiences, long after, int max, List<ItemHeader> into) =>
        await AskAsync(async connection =>
        {
            await PostgresqlReader.EachAsync(
                PostgresqlReader.HeaderPage(connection, place.Pool, audiences, after, max),
                row => into.Add(PostgresqlRows.Header(row)),
                CancellationToken.None).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);

    public ValueTask ReadRedrivesAsync(int sink, PositionRange range, List<RedriveMark> into) => EachAsync(
        "select redrive_position, id, size from dead_letter where pool = $1 and sink = $2 and redrive_position between $3 and $4",
        row => into.Add(new RedriveMark(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))),
        place.Pool, sink, range.First, range.Last);

    public async ValueTask<DeadLetterHeader?> FindDeadLetterAsync(long id)
    {
        DeadLetterHeader? header = null;
        await EachAsync(
            "select id, sink, size, last_try, redrive_position is not null from dead_letter where pool = $1 and id = $2",
            row => header = PostgresqlRows.DeadLetterHeader(row),
            place.Pool, id).ConfigureAwait(false);
        return header;
    }

    public ValueTask ReadOldestDeadLettersAsync(int max, List<DeadLetterHeader> into) => EachAsync(
        """
        select id, sink, size, last_try, false from dead_letter where pool = $1 and redrive_position is null order by last_try, id limit $2
        """,
        row => into.Add(PostgresqlRows.DeadLetterHeader(row)),
        place.Pool, max);

    // Autovacuum's work.
    public ValueTask<bool> TidyAsync() => ValueTask.FromResult(false);

    public async ValueTask DisposeAsync()
    {
        await PostgresqlLock.ReleaseAsync(_writing, place.Pool).ConfigureAwait(false);
        await _writing.DisposeAsync().ConfigureAwait(false);
        await _reader.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask EachAsync(string sql, Action<NpgsqlDataReader> row, params object?[] values) => await AskAsync(async connection =>
    {
        await PostgresqlReader.EachAsync(PostgresqlReader.Command(connection, sql, values), row, CancellationToken.None).ConfigureAwait(false);
        return true;
    }).ConfigureAwait(false);

    private async ValueTask<T> AskAsync<T>(Func<NpgsqlConnection, ValueTask<T>> ask)
    {
        try
        {
            if (_writing.FullState is not System.Data.ConnectionState.Open)
            {
                await ReconnectAsync().ConfigureAwait(false);
            }

            return await ask(_writing).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw PostgresqlErrors.Of(Where, fence, error);
        }
    }

    private async ValueTask ReconnectAsync()
    {
        await _writing.DisposeAsync().ConfigureAwait(false);
        _writing = await place.Source.OpenConnectionAsync().ConfigureAwait(false);
        await PostgresqlLock.DemandAsync(_writing, place, fence).ConfigureAwait(false);
        if (!await PostgresqlLock.TryTakeAsync(_writing, place.Pool).ConfigureAwait(false))
        {
            await _writing.CloseAsync().ConfigureAwait(false);
            throw new JournalUnavailableException(Where, "its lock is still held, by our own old connection or by a successor", null);
        }
    }
}
