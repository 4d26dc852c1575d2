using System.Data;
using Npgsql;
using Sluice.Journal.DeadLetters;
using Sluice.Journal.Engine;

namespace Sluice.Journal.Postgresql;

/// <summary>Reads through connections of the data source's own, so that readers wait neither for the writer nor for each other.</summary>
internal sealed class PostgresqlReader(PostgresqlPlace place) : IJournalReader
{
    public ValueTask<StoredState> ReadStateAsync(CancellationToken cancellationToken) => InOnePictureAsync(
        connection => PostgresqlRows.ReadStateAsync(connection, place.Pool, cancellationToken), cancellationToken);

    /// <summary>Headers first: what the caller has no room for is not fetched.</summary>
    public async ValueTask ReadItemsAsync(ItemQuery query, List<StoredItem> into, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await place.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            var positions = await ChooseAsync(connection, query, cancellationToken).ConfigureAwait(false);
            if (positions.Count == 0)
            {
                return;
            }

            var command = Command(
                connection,
                $"select {PostgresqlRows.ItemColumns} from item where pool = $1 and position = any($2) order by position",
                place.Pool, positions.ToArray());
            await EachAsync(command, row => into.Add(PostgresqlRows.Item(row)), cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw PostgresqlErrors.Of(place.Where, 0, error);
        }
    }

    public async ValueTask<IReadOnlyList<DeadLetter>> ReadDeadLettersAsync(
        string pool, DeadLetterFilter filter, long after, int max, CancellationToken cancellationToken)
    {
        var letters = new List<DeadLetter>();
        try
        {
            var connection = await place.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            var command = Command(
                connection,
                $"""
                select {PostgresqlRows.DeadLetterColumns} from dead_letter d join sink s on s.pool = d.pool and s.id = d.sink
                where d.pool = $1 and d.id > $2 and ($3::text is null or s.name = $3) and ($4::text is null or d.class = $4)
                    and ($5::text is null or d.tube = $5) and ($6::text is null or d.node = $6)
                    and ($7::text is null or strpos(lower(d.error), lower($7)) > 0) and d.last_try < $8 and d.last_try >= $9
                    and ($10 < 0 or (d.redrive_position is not null) = ($10 = 1))
                order by d.id limit $11
                """,
                place.Pool, after, filter.Sink, filter.Class is { } kind ? Words.Of(kind) : null, filter.Tube, filter.Node, filter.ErrorContains,
                filter.LastTryBefore?.ToUnixTimeMilliseconds() ?? long.MaxValue, filter.LastTryFrom?.ToUnixTimeMilliseconds() ?? long.MinValue,
                filter.Redriving switch { null => -1, true => 1, false => 0 }, max);
            await EachAsync(command, row => letters.Add(PostgresqlRows.DeadLetter(row, pool)), cancellationToken).ConfigureAwait(false);
            return letters;
        }
        catch (NpgsqlException error)
        {
            throw PostgresqlErrors.Of(place.Where, 0, error);
        }
    }

    public async ValueTask ScanAsync(IJournalVisitor visitor, CancellationToken cancellationToken) => await InOnePictureAsync(
        async connection =>
        {
            visitor.Begin(await PostgresqlRows.ReadStateAsync(connection, place.Pool, cancellationToken).ConfigureAwait(false));
            var items = Command(connection, $"select {PostgresqlRows.ItemColumns} from item where pool = $1 order by position", place.Pool);
            await EachAsync(items, row => visitor.Item(PostgresqlRows.Item(row)), cancellationToken).ConfigureAwait(false);
            var letters = Command(connection, "select sink, redrive_position is not null, size from dead_letter where pool = $1", place.Pool);
            await EachAsync(letters, row => visitor.DeadLetter(row.GetInt32(0), row.GetBoolean(1), row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => place.DisposeAsync();

    /// <summary>Headers in the order of positions: one index range per audience, merged.</summary>
    public static NpgsqlCommand HeaderPage(NpgsqlConnection connection, int pool, IReadOnlyList<int>? audiences, long after, int max) =>
        audiences is null
            ? Command(
                connection, "select position, audience, size from item where pool = $1 and position > $2 order by position limit $3", pool, after, max)
            : Command(
                connection,
                """
                select page.* from unnest($2) as audience(id) cross join lateral (
                    select position, audience, size from item where pool = $1 and audience = audience.id and position > $3
                    order by position limit $4) page
                order by position limit $4
                """,
                pool, audiences.ToArray(), after, max);

    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(PostgresqlRows.Parameter(value));
        }

        return command;
    }

    public static async ValueTask EachAsync(NpgsqlCommand command, Action<NpgsqlDataReader> row, CancellationToken cancellationToken)
    {
        await using var _ = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            row(reader);
        }
    }

    private async ValueTask<List<long>> ChooseAsync(NpgsqlConnection connection, ItemQuery query, CancellationToken cancellationToken)
    {
        var (chosen, after, bytes, full) = (new List<long>(), query.After, 0L, false);
        var page = new List<ItemHeader>();
        do
        {
            page.Clear();
            after = SkipSettled(query.Except, after);
            await EachAsync(
                HeaderPage(connection, place.Pool, query.Audiences, after, query.MaxItems), row => page.Add(PostgresqlRows.Header(row)), cancellationToken)
                .ConfigureAwait(false);
            foreach (var header in page)
            {
                after = header.Position;
                if (SkipSettled(query.Except, header.Position - 1) >= header.Position)
                {
                    continue;
                }

                full = chosen.Count == query.MaxItems || (chosen.Count > 0 && bytes + header.Size > query.MaxBytes);
                if (full)
                {
                    break;
                }

                chosen.Add(header.Position);
                bytes += header.Size;
            }
        }
        while (!full && page.Count == query.MaxItems && chosen.Count < query.MaxItems);
        return chosen;
    }

    /// <summary>The end of the settled range that begins at or before the position behind <paramref name="after"/>, if it reaches beyond it.</summary>
    private static long SkipSettled(PositionRange[] settled, long after)
    {
        var low = 0;
        for (var high = settled.Length; low < high;)
        {
            var middle = (low + high) >>> 1;
            (low, high) = settled[middle].First <= after + 1 ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? after : Math.Max(after, settled[low - 1].Last);
    }

    private async ValueTask<T> InOnePictureAsync<T>(Func<NpgsqlConnection, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await place.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            var picture = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await using var __ = picture.ConfigureAwait(false);
            return await read(connection).ConfigureAwait(false);
        }
        catch (NpgsqlException error)
        {
            throw PostgresqlErrors.Of(place.Where, 0, error);
        }
    }
}
