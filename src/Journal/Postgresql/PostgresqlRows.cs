using Npgsql;
using Sluice.Journal.DeadLetters;
using Sluice.Journal.Engine;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Postgresql;

/// <summary>Rows to objects, in the column orders named here.</summary>
internal static class PostgresqlRows
{
    public const string Contents = "content_type, arguments, tube, node, epoch, trace_id, payload";

    public const string ItemColumns = "position, sequence, audience, size, crc, accepted_at, " + Contents;

    public const string DeadLetterColumns =
        "d.id, d.sequence, s.name, d.last_try, d.attempts, d.class, d.error, d.response, d.redrives, d.redrive_position is not null, "
        + "d.accepted_at, d.content_type, d.arguments, d.tube, d.node, d.epoch, d.trace_id, d.payload";

    public static StoredItem Item(NpgsqlDataReader row) => new()
    {
        Position = row.GetInt64(0),
        Sequence = row.GetInt64(1),
        Audience = row.GetInt32(2),
        Size = row.GetInt64(3),
        Crc = (uint)row.GetInt64(4),
        Content = Content(row, 5),
    };

    public static DeadLetter DeadLetter(NpgsqlDataReader row, string pool)
    {
        var content = Content(row, 10);
        return new DeadLetter
        {
            Id = row.GetInt64(0),
            Key = new ItemKey(pool, row.GetInt64(1)),
            Sink = row.GetString(2),
            LastTry = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            Attempts = row.GetInt32(4),
            Class = Enum.Parse<DeadLetterClass>(row.GetString(5), ignoreCase: true),
            Error = row.GetString(6),
            Response = Text(row, 7),
            Redrives = row.GetInt32(8),
            Redriving = row.GetBoolean(9),
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(content.AcceptedAt),
            ContentType = content.ContentType,
            Arguments = ArgumentsText.Read(content.Arguments),
            Origin = content.Origin,
            TraceId = content.TraceId,
            Payload = content.Payload,
        };
    }

    public static ItemHeader Header(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2));

    public static DeadLetterHeader DeadLetterHeader(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.GetBoolean(4));

    public static async ValueTask<StoredState> ReadStateAsync(NpgsqlConnection connection, int pool, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection);
        await using var _ = batch.ConfigureAwait(false);
        Add(batch, "select last_position, last_sequence, items, bytes, dead_letters, dead_bytes, revision from pool where id = $1", pool);
        Add(
            batch,
            "select id, name, standing, leaving_to, cursor, accepted, delivered, pending, pending_bytes, dead, redriving from sink where pool = $1 order by id",
            pool);
        Add(batch, "select sink, reason, items from dropped where pool = $1", pool);
        Add(batch, "select sink, first, last from settled where pool = $1 order by sink, first", pool);
        Add(batch, "select id, sink from audience where pool = $1 order by id, sink", pool);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var __ = reader.ConfigureAwait(false);
        var state = new StoredState();
        var sinks = new Dictionary<int, StoredSink>();
        await EachAsync(reader, row => Pool(state, row), cancellationToken).ConfigureAwait(false);
        await EachAsync(reader, row => sinks.Add(row.GetInt32(0), Sink(row)), cancellationToken).ConfigureAwait(false);
        await EachAsync(reader, row => sinks[row.GetInt32(0)].Dropped.Add(row.GetString(1), row.GetInt64(2)), cancellationToken).ConfigureAwait(false);
        await EachAsync(
            reader, row => sinks[row.GetInt32(0)].Settled.Add(new PositionRange(row.GetInt64(1), row.GetInt64(2))), cancellationToken).ConfigureAwait(false);
        await EachAsync(reader, row => Member(state, row.GetInt32(0), row.GetInt32(1)), cancellationToken).ConfigureAwait(false);
        state.Sinks.AddRange(sinks.Values);
        return state;
    }

    public static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        batch.BatchCommands.Add(command);
        return command;
    }

    public static NpgsqlParameter Parameter(object? value) => value switch
    {
        // A null says nothing about its type, and only texts can be null here.
        null => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
        _ => new NpgsqlParameter { Value = value },
    };

    private static async ValueTask EachAsync(NpgsqlDataReader reader, Action<NpgsqlDataReader> row, CancellationToken cancellationToken)
    {
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            row(reader);
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
    }

    private static void Pool(StoredState state, NpgsqlDataReader row)
    {
        (state.LastPosition, state.LastSequence, state.Items, state.Bytes) = (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3));
        (state.DeadLetters, state.DeadBytes, state.Revision) = (row.GetInt64(4), row.GetInt64(5), row.GetInt64(6));
    }

    private static StoredSink Sink(NpgsqlDataReader row) => new(
        row.GetInt32(0),
        row.GetString(1),
        Enum.Parse<SinkStanding>(row.GetString(2), ignoreCase: true),
        Text(row, 3),
        new SinkNumbers(
            row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10)));

    private static void Member(StoredState state, int audience, int sink)
    {
        if (!state.Audiences.TryGetValue(audience, out var members))
        {
            state.Audiences.Add(audience, members = []);
        }

        members.Add(sink);
    }

    private static ItemContent Content(NpgsqlDataReader row, int from) => new(
        row.GetInt64(from),
        row.GetString(from + 1),
        Text(row, from + 2),
        Text(row, from + 3),
        Text(row, from + 4),
        Text(row, from + 5),
        Text(row, from + 6),
        row.GetFieldValue<byte[]>(from + 7));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
