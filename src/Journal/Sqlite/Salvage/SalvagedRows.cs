using Sluice.Journal.Engine;

namespace Sluice.Journal.Sqlite.Salvage;

/// <summary>Writes items, dead letters and remembered messages that can be believed into the new file, as they are found.</summary>
internal sealed class SalvagedRows(SqliteDatabase into)
{
    private const int ItemColumns = 13;
    private const int DeadLetterColumns = 20;

    private readonly SqliteStatement _item = into.Prepare(
        """
        insert or ignore into item (position, sequence, audience, size, accepted_at, crc, content_type, arguments, tube, node, epoch, trace_id, payload)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _deadLetter = into.Prepare(
        """
        insert or ignore into dead_letter (id, sink, sequence, size, accepted_at, crc, content_type, arguments, tube, node, epoch, trace_id,
            last_try, attempts, class, error, response, redrives, redrive_position, payload)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _message = into.Prepare("insert or ignore into message (number, id, sequence, items, crc) values (?, ?, ?, ?, ?)");

    public void Look(long row, object?[] values, bool newest)
    {
        switch (values)
        {
            case { Length: ItemColumns } when values is [_, long sequence, long, long, ..] && IsSound(sequence, values, 4, values[12]):
                Write(_item, row, values);
                break;
            case { Length: DeadLetterColumns } when newest && values is [_, long, long sequence, long, ..]
                && (IsSound(sequence, values, 4, values[19]) || values[14] is "corrupt"):
                Write(_deadLetter, row, values);
                break;
            case [_, string id, long sequence, long items, long crc] when newest && RowChecksum.OfMessage(row, id, sequence, items) == crc:
                Write(_message, row, values);
                break;
        }
    }

    private static bool IsSound(long sequence, object?[] values, int from, object? payload) =>
        values[from] is long acceptedAt && values[from + 1] is long crc && values[from + 2] is string contentType && payload is byte[] bytes
        && ItemChecksum.Of(sequence, Content(values, from, acceptedAt, contentType, bytes)) == crc;

    private static ItemContent Content(object?[] values, int from, long acceptedAt, string contentType, byte[] payload) => new(
        acceptedAt,
        contentType,
        values[from + 3] as string,
        values[from + 4] as string,
        values[from + 5] as string,
        values[from + 6] as string,
        values[from + 7] as string,
        payload);

    private static void Write(SqliteStatement statement, long row, object?[] values)
    {
        statement.Bind(1, row);
        for (var index = 1; index < values.Length; index++)
        {
            switch (values[index])
            {
                case long number:
                    statement.Bind(index + 1, number);
                    break;
                case byte[] bytes:
                    statement.Bind(index + 1, bytes);
                    break;
                default:
                    statement.Bind(index + 1, values[index] as string);
                    break;
            }
        }

        statement.Run();
    }
}
