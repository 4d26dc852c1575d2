using Sluice.Journal.Engine;
using Sluice.Journal.Errors;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Sqlite;

/// <summary>Reads the small tables as a whole. Every row must match its checksum.</summary>
internal static class SqliteState
{
    private const int SinkNumberCount = 8;
    private const int PoolNumberCount = 7;

    public static StoredState Read(SqliteDatabase database)
    {
        try
        {
            return ReadRows(database);
        }
        catch (Exception nonsense) when (nonsense is KeyNotFoundException or ArgumentException or NullReferenceException)
        {
            throw new JournalDamagedException(database.File, "its tables contradict each other", nonsense);
        }
    }

    private static StoredState ReadRows(SqliteDatabase database)
    {
        var state = new StoredState();
        var sinks = new Dictionary<long, StoredSink>();
        SqliteRows.Each(
            database,
            "select last_position, last_sequence, items, bytes, dead_letters, dead_bytes, revision, crc, name from pool",
            row => Pool(database.File, row, state));
        SqliteRows.Each(
            database,
            """
            select cursor, accepted, delivered, pending, pending_bytes, dead, redriving, revision, id, name, standing, leaving_to, crc
            from sink order by id
            """,
            row => sinks.Add(row.Int64(8), Sink(database.File, row)));
        SqliteRows.Each(database, "select sink, reason, items, crc from dropped", row =>
        {
            Demand(database.File, "dropped", RowChecksum.OfDropped(row.Int64(0), row.Text(1)!, row.Int64(2)) == row.Int64(3));
            sinks[row.Int64(0)].Dropped.Add(row.Text(1)!, row.Int64(2));
        });
        SqliteRows.Each(database, "select sink, first, last, crc from settled order by sink, first", row =>
        {
            Demand(database.File, "settled", RowChecksum.OfSettled(row.Int64(0), row.Int64(1), row.Int64(2)) == row.Int64(3));
            sinks[row.Int64(0)].Settled.Add(new PositionRange(row.Int64(1), row.Int64(2)));
        });
        SqliteRows.Each(database, "select id, sink, sink_name, crc from audience order by id, sink", row =>
        {
            Demand(database.File, "audience", RowChecksum.OfAudience(row.Int64(0), row.Int64(1), row.Text(2)!) == row.Int64(3));
            Member(state, (int)row.Int64(0), (int)sinks[row.Int64(1)].Id);
        });
        state.Sinks.AddRange(sinks.Values);
        return state;
    }

    public static void Member(StoredState state, int audience, int sink)
    {
        if (!state.Audiences.TryGetValue(audience, out var members))
        {
            state.Audiences.Add(audience, members = []);
        }

        members.Add(sink);
    }

    private static void Pool(string file, SqliteStatement row, StoredState state)
    {
        var numbers = Numbers(row, PoolNumberCount);
        Demand(file, "pool", RowChecksum.OfPool(row.Text(8)!, numbers) == row.Int64(7));
        (state.LastPosition, state.LastSequence, state.Items, state.Bytes) = (numbers[0], numbers[1], numbers[2], numbers[3]);
        (state.DeadLetters, state.DeadBytes, state.Revision) = (numbers[4], numbers[5], numbers[6]);
    }

    private static StoredSink Sink(string file, SqliteStatement row)
    {
        var numbers = Numbers(row, SinkNumberCount);
        var (id, name, standing, leavingTo) = (row.Int64(8), row.Text(9)!, row.Text(10)!, row.Text(11));
        Demand(file, "sink", RowChecksum.OfSink(id, name, standing, leavingTo, numbers) == row.Int64(12));
        return new StoredSink((int)id, name, Enum.Parse<SinkStanding>(standing, ignoreCase: true), leavingTo, SinkNumbers.Of(numbers));
    }

    private static long[] Numbers(SqliteStatement row, int count)
    {
        var numbers = new long[count];
        for (var index = 0; index < count; index++)
        {
            numbers[index] = row.Int64(index);
        }

        return numbers;
    }

    private static void Demand(string file, string table, bool matches)
    {
        if (!matches)
        {
            throw new JournalDamagedException(file, $"a row of the table {table} does not match its checksum", null);
        }
    }
}
