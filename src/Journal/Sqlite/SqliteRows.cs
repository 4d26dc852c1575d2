using Sluice.Journal.DeadLetters;
using Sluice.Journal.Engine;

namespace Sluice.Journal.Sqlite;

/// <summary>Rows to objects, in the column orders named here.</summary>
internal static class SqliteRows
{
    public const string ItemColumns =
        "position, sequence, audience, size, crc, accepted_at, content_type, arguments, tube, node, epoch, trace_id, payload";

    public const string DeadLetterColumns =
        "d.id, d.sequence, s.name, d.last_try, d.attempts, d.class, d.error, d.response, d.redrives, d.redrive_position, "
        + "d.accepted_at, d.content_type, d.arguments, d.tube, d.node, d.epoch, d.trace_id, d.payload";

    public static StoredItem Item(SqliteStatement row) => new()
    {
        Position = row.Int64(0),
        Sequence = row.Int64(1),
        Audience = (int)row.Int64(2),
        Size = row.Int64(3),
        Crc = (uint)row.Int64(4),
        Content = Content(row, 5),
    };

    public static DeadLetter DeadLetter(SqliteStatement row, string pool)
    {
        var content = Content(row, 10);
        return new DeadLetter
        {
            Id = row.Int64(0),
            Key = new ItemKey(pool, row.Int64(1)),
            Sink = row.Text(2) ?? "",
            LastTry = DateTimeOffset.FromUnixTimeMilliseconds(row.Int64(3)),
            Attempts = (int)row.Int64(4),
            Class = Enum.Parse<DeadLetterClass>(row.Text(5)!, ignoreCase: true),
            Error = row.Text(6) ?? "",
            Response = row.Text(7),
            Redrives = (int)row.Int64(8),
            Redriving = !row.IsNull(9),
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(content.AcceptedAt),
            ContentType = content.ContentType,
            Arguments = ArgumentsText.Read(content.Arguments),
            Origin = content.Origin,
            TraceId = content.TraceId,
            Payload = content.Payload,
        };
    }

    public static void Each(SqliteDatabase database, string sql, Action<SqliteStatement> row)
    {
        var statement = database.Prepare(sql);
        try
        {
            while (statement.Step())
            {
                row(statement);
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private static ItemContent Content(SqliteStatement row, int from) => new(
        row.Int64(from),
        row.Text(from + 1) ?? "",
        row.Text(from + 2),
        row.Text(from + 3),
        row.Text(from + 4),
        row.Text(from + 5),
        row.Text(from + 6),
        row.Blob(from + 7));
}
