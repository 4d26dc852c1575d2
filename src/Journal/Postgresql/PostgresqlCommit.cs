using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;
using Sluice.Journal.Engine;

namespace Sluice.Journal.Postgresql;

/// <summary>
/// Carries out a plan in one round trip: a batch is one transaction by itself. It begins with the fence, which also locks the pool's row until the end, so
/// that a former owner either commits wholly before its successor begins, or not at all.
/// </summary>
internal static class PostgresqlCommit
{
    private const string Contents = PostgresqlRows.Contents;

    public static async ValueTask CarryOutAsync(NpgsqlConnection connection, int number, long fence, PoolState pool, CommitPlan plan)
    {
        pool.Revision++;
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        PostgresqlRows.Add(batch, "select demand_fence($1, $2)", number, fence);
        AddItems(batch, number, plan);
        PostgresqlMessages.Add(batch, number, plan.Messages.Values, plan.MessagesGoneUpTo);
        AddDeadLetters(batch, number, plan);
        AddDeletions(batch, number, plan);
        foreach (var sink in plan.Sinks)
        {
            AddSink(batch, number, sink);
        }

        PostgresqlRows.Add(
            batch,
            """
            update pool set last_position = $2, last_sequence = $3, items = $4, bytes = $5, dead_letters = $6, dead_bytes = $7, revision = $8
            where id = $1
            """,
            number, pool.LastPosition, pool.LastSequence, pool.Items, pool.Bytes, pool.DeadLetters, pool.DeadBytes, pool.Revision);
        await batch.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static void AddItems(NpgsqlBatch batch, int number, CommitPlan plan)
    {
        foreach (var audience in plan.NewAudiences)
        {
            PostgresqlRows.Add(
                batch,
                "insert into audience (pool, id, sink) select $1, $2, unnest($3)",
                number, audience.Id, audience.Members.Select(member => member.Id).ToArray());
        }

        if (plan.Items.Count > 0)
        {
            AddRows(batch, number, CollectionsMarshal.AsSpan(plan.Items));
        }

        foreach (var copy in plan.Copies)
        {
            PostgresqlRows.Add(
                batch,
                $"""
                insert into item (pool, position, sequence, audience, size, accepted_at, crc, {Contents})
                select pool, $2, sequence, $3, size, accepted_at, crc, {Contents} from item where pool = $1 and position = $4
                """,
                number, copy.Position, copy.Audience, copy.From);
        }
    }

    private static void AddRows(NpgsqlBatch batch, int number, ReadOnlySpan<NewRow> rows)
    {
        var command = PostgresqlRows.Add(
            batch,
            $"""
            insert into item (pool, position, sequence, audience, size, accepted_at, crc, {Contents})
            select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            number);
        Column(command, NpgsqlDbType.Bigint, rows, static (in NewRow row) => row.Position);
        Column(command, NpgsqlDbType.Bigint, rows, static (in NewRow row) => row.Sequence);
        Column(command, NpgsqlDbType.Integer, rows, static (in NewRow row) => row.Audience);
        Column(command, NpgsqlDbType.Bigint, rows, static (in NewRow row) => row.Size);
        Column(command, NpgsqlDbType.Bigint, rows, static (in NewRow row) => row.Content.AcceptedAt);
        Column(command, NpgsqlDbType.Bigint, rows, static (in NewRow row) => (long)row.Crc);
        Column(command, NpgsqlDbType.Text, rows, static (in NewRow row) => row.Content.ContentType);
        Column(command, NpgsqlDbType.Text, rows, static (in NewRow row) => row.Content.Arguments);
        Column(command, NpgsqlDbType.Text, rows, static (in NewRow row) => row.Content.Tube);
        Column(command, NpgsqlDbType.Text, rows, static (in NewRow row) => row.Content.Node);
        Column(command, NpgsqlDbType.Text, rows, static (in NewRow row) => row.Content.Epoch);
        Column(command, NpgsqlDbType.Text, rows, static (in NewRow row) => row.Content.TraceId);
        Column(command, NpgsqlDbType.Bytea, rows, static (in NewRow row) => Bytes(row.Content.Payload));
    }

    private static void AddDeadLetters(NpgsqlBatch batch, int number, CommitPlan plan)
    {
        foreach (var redrive in plan.Redrives)
        {
            PostgresqlRows.Add(
                batch,
                $"""
                insert into item (pool, position, sequence, audience, size, accepted_at, crc, {Contents})
                select pool, $2, sequence, $3, size, accepted_at, crc, {Contents} from dead_letter where pool = $1 and id = $4
                """,
                number, redrive.Position, redrive.Audience, redrive.DeadLetter);
            PostgresqlRows.Add(
                batch,
                "update dead_letter set redrive_position = $3, redrives = redrives + 1 where pool = $1 and id = $2",
                number, redrive.DeadLetter, redrive.Position);
        }

        foreach (var (sink, position, reason, at) in plan.DeadLetters)
        {
            PostgresqlRows.Add(
                batch,
                $"""
                insert into dead_letter (pool, sink, sequence, size, accepted_at, crc, {Contents}, last_try, attempts, class, error, response, redrives)
                select pool, $2, sequence, size, accepted_at, crc, {Contents}, $4, $5, $6, $7, $8, 0 from item where pool = $1 and position = $3
                """,
                number, sink, position, at, reason.Attempts, Words.Of(reason.Class), reason.Error, reason.Response);
        }

        foreach (var (id, reason, at) in plan.DeadAgain)
        {
            PostgresqlRows.Add(
                batch,
                """
                update dead_letter set redrive_position = null, last_try = $3, attempts = attempts + $4, class = $5, error = $6, response = $7
                where pool = $1 and id = $2
                """,
                number, id, at, reason.Attempts, Words.Of(reason.Class), reason.Error, reason.Response);
        }

        if (plan.DeadLettersGone.Count > 0)
        {
            PostgresqlRows.Add(batch, "delete from dead_letter where pool = $1 and id = any($2)", number, plan.DeadLettersGone.ToArray());
        }
    }

    private static void AddDeletions(NpgsqlBatch batch, int number, CommitPlan plan)
    {
        foreach (var (audience, range) in plan.Deletions)
        {
            PostgresqlRows.Add(
                batch,
                "delete from item where pool = $1 and audience = $2 and position between $3 and $4",
                number, audience, range.First, range.Last);
        }
    }

    private static void AddSink(NpgsqlBatch batch, int number, SinkState sink)
    {
        PostgresqlRows.Add(
            batch,
            """
            insert into sink (pool, id, name, standing, leaving_to, cursor, accepted, delivered, pending, pending_bytes, dead, redriving)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            on conflict (pool, id) do update set standing = excluded.standing, leaving_to = excluded.leaving_to, cursor = excluded.cursor,
                accepted = excluded.accepted, delivered = excluded.delivered, pending = excluded.pending, pending_bytes = excluded.pending_bytes,
                dead = excluded.dead, redriving = excluded.redriving
            """,
            number, sink.Id, sink.Name, Words.Of(sink.Standing), sink.LeavingTo, sink.Cursor, sink.Accepted, sink.Delivered, sink.Pending,
            sink.PendingBytes, sink.Dead, sink.Redriving);
        foreach (var reason in sink.TouchedReasons)
        {
            PostgresqlRows.Add(
                batch,
                "insert into dropped (pool, sink, reason, items) values ($1, $2, $3, $4) on conflict (pool, sink, reason) do update set items = excluded.items",
                number, sink.Id, reason, sink.Dropped[reason]);
        }

        foreach (var first in sink.Settled.Touched)
        {
            if (sink.Settled.LastOfRangeStartingAt(first) is { } last)
            {
                PostgresqlRows.Add(
                    batch,
                    "insert into settled (pool, sink, first, last) values ($1, $2, $3, $4) on conflict (pool, sink, first) do update set last = excluded.last",
                    number, sink.Id, first, last);
            }
            else
            {
                PostgresqlRows.Add(batch, "delete from settled where pool = $1 and sink = $2 and first = $3", number, sink.Id, first);
            }
        }
    }

    private static void Column<T>(NpgsqlBatchCommand command, NpgsqlDbType type, ReadOnlySpan<NewRow> rows, Cell<T> cell)
    {
        var values = new T[rows.Length];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = cell(in rows[index]);
        }

        command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> payload) =>
        MemoryMarshal.TryGetArray(payload, out var segment) && segment is { Array: { } whole, Offset: 0 } && segment.Count == whole.Length
            ? whole
            : payload.ToArray();

    private delegate T Cell<out T>(in NewRow row);
}
