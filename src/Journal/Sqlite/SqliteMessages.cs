using Sluice.Journal.Errors;

namespace Sluice.Journal.Sqlite;

/// <summary>The table of remembered messages.</summary>
internal static class SqliteMessages
{
    private const string Columns = "number, id, sequence, items, crc";

    /// <summary>The number of the last one.</summary>
    public static long Last(SqliteDatabase database) => database.Number("select max(number) from message");

    public static void Find(SqliteDatabase database, IReadOnlyList<string> ids, Dictionary<string, RememberedMessage> into)
    {
        var statement = database.Prepare($"select {Columns} from message where id = ?");
        foreach (var id in ids)
        {
            try
            {
                if (statement.Bind(1, id).Step())
                {
                    into[id] = Message(database, statement);
                }
            }
            finally
            {
                statement.Reset();
            }
        }
    }

    public static void Read(SqliteDatabase database, long after, int max, List<RememberedMessage> into)
    {
        var statement = database.Prepare($"select {Columns} from message where number > ? order by number limit ?").Bind(1, after).Bind(2, max);
        try
        {
            while (statement.Step())
            {
                into.Add(Message(database, statement));
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>Adds some and forgets those up to a number. Within a transaction.</summary>
    public static void Write(SqliteDatabase database, IReadOnlyCollection<RememberedMessage> messages, long goneUpTo)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var insert = database.Prepare($"insert into message ({Columns}) values (?, ?, ?, ?, ?)");
        foreach (var message in messages)
        {
            insert.Bind(1, message.Number).Bind(2, message.Id).Bind(3, message.FirstSequence).Bind(4, message.Count)
                .Bind(5, RowChecksum.OfMessage(message.Number, message.Id, message.FirstSequence, message.Count)).Run();
        }

        if (goneUpTo > 0)
        {
            database.Prepare("delete from message where number <= ?").Bind(1, goneUpTo).Run();
        }
    }

    private static RememberedMessage Message(SqliteDatabase database, SqliteStatement row)
    {
        var message = new RememberedMessage(row.Int64(0), row.Text(1) ?? "", row.Int64(2), (int)row.Int64(3));
        return RowChecksum.OfMessage(message.Number, message.Id, message.FirstSequence, message.Count) == row.Int64(4)
            ? message
            : throw new JournalDamagedException(database.File, "a row of the table message does not match its checksum", null);
    }
}
