using Npgsql;

namespace Sluice.Journal.Postgresql;

/// <summary>The table of remembered messages.</summary>
internal static class PostgresqlMessages
{
    private const string Columns = "number, id, sequence, items";

    public static NpgsqlCommand Last(NpgsqlConnection connection, int pool) =>
        PostgresqlReader.Command(connection, "select coalesce(max(number), 0) from message where pool = $1", pool);

    public static NpgsqlCommand Find(NpgsqlConnection connection, int pool, IReadOnlyList<string> ids) =>
        PostgresqlReader.Command(connection, $"select {Columns} from message where pool = $1 and id = any($2)", pool, ids.ToArray());

    public static NpgsqlCommand Page(NpgsqlConnection connection, int pool, long after, int max) =>
        PostgresqlReader.Command(
            connection, $"select {Columns} from message where pool = $1 and number > $2 order by number limit $3", pool, after, max);

    /// <summary>Adds some and forgets those up to a number.</summary>
    public static void Add(NpgsqlBatch batch, int pool, IReadOnlyCollection<RememberedMessage> messages, long goneUpTo)
    {
        if (messages.Count == 0)
        {
            return;
        }

        PostgresqlRows.Add(
            batch,
            $"insert into message (pool, {Columns}) select $1, * from unnest($2, $3, $4, $5)",
            pool,
            messages.Select(message => message.Number).ToArray(),
            messages.Select(message => message.Id).ToArray(),
            messages.Select(message => message.FirstSequence).ToArray(),
            messages.Select(message => message.Count).ToArray());
        if (goneUpTo > 0)
        {
            PostgresqlRows.Add(batch, "delete from message where pool = $1 and number <= $2", pool, goneUpTo);
        }
    }

    public static RememberedMessage Message(NpgsqlDataReader row) => new(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt32(3));
}
