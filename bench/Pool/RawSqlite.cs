using SQLitePCL;

namespace Sluice.Pool.Bench;

/// <summary>The floor: nothing but rows of a number and a payload, in a file with the journal's own sync policy (WAL, synchronous = FULL).</summary>
internal sealed class RawSqlite : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _oldest;
    private readonly sqlite3_stmt _delete;
    private long _position;

    public RawSqlite(string file)
    {
        Check(raw.sqlite3_open(file, out _handle));
        Check(raw.sqlite3_exec(
            _handle,
            "pragma page_size = 4096; pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -16384; pragma wal_autocheckpoint = 4000; "
            + "create table item (position integer primary key, payload blob not null)"));
        _begin = Prepare("begin immediate");
        _insert = Prepare("insert into item values (?, ?)");
        _commit = Prepare("commit");
        _oldest = Prepare("select position, payload from item order by position limit ?");
        _delete = Prepare("delete from item where position <= ?");
    }

    public void InsertGroup(IReadOnlyList<byte[]> payloads)
    {
        Run(_begin);
        foreach (var payload in payloads)
        {
            raw.sqlite3_bind_int64(_insert, 1, ++_position);
            raw.sqlite3_bind_blob(_insert, 2, payload);
            Run(_insert);
        }

        Run(_commit);
    }

    /// <summary>So many rows, a group per commit.</summary>
    public void InsertGroups(byte[][] group, int count)
    {
        for (var done = 0; done < count; done += group.Length)
        {
            InsertGroup(group);
        }
    }

    /// <summary>Reads the oldest rows and deletes them in one commit; says how many there were.</summary>
    public int TakeGroup(int most)
    {
        var (taken, last) = (0, 0L);
        raw.sqlite3_bind_int(_oldest, 1, most);
        while (raw.sqlite3_step(_oldest) == raw.SQLITE_ROW)
        {
            last = raw.sqlite3_column_int64(_oldest, 0);
            _ = raw.sqlite3_column_blob(_oldest, 1).ToArray();
            taken++;
        }

        raw.sqlite3_reset(_oldest);
        raw.sqlite3_bind_int64(_delete, 1, last);
        Run(_delete);
        return taken;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _insert.Dispose();
        _commit.Dispose();
        _oldest.Dispose();
        _delete.Dispose();
        _handle.Dispose();
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v2(_handle, sql, out var statement));
        return statement;
    }

    private void Run(sqlite3_stmt statement)
    {
        Check(raw.sqlite3_step(statement));
        raw.sqlite3_reset(statement);
    }

    private void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_DONE))
        {
            throw new InvalidOperationException($"SQLite error {code}: {raw.sqlite3_errmsg(_handle).utf8_to_string()}");
        }
    }
}
