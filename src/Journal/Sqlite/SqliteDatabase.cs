using SQLitePCL;

namespace Sluice.Journal.Sqlite;

/// <summary>One connection to a file, used by one caller at a time. Statements are prepared once and kept.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteDatabase(string file, sqlite3 handle) => (File, _handle) = (file, handle);

    public string File { get; }

    public int Changes => raw.sqlite3_changes(_handle);

    public static SqliteDatabase Open(string file, bool readOnly, TimeSpan patience)
    {
        _ = SqliteLibrary.Description;
        var flags = readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;
        var code = raw.sqlite3_open_v2(file, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        var database = new SqliteDatabase(file, handle);
        try
        {
            database.Check(code);
            raw.sqlite3_extended_result_codes(handle, 1);
            raw.sqlite3_busy_timeout(handle, (int)patience.TotalMilliseconds);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public void Execute(string sql)
    {
        var code = raw.sqlite3_exec(_handle, sql, out string? error);
        if (code != raw.SQLITE_OK)
        {
            throw SqliteErrors.Of(File, raw.sqlite3_extended_errcode(_handle), error ?? "");
        }
    }

    /// <summary>The statement of this text, reset and ready to be bound.</summary>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(_handle, sql, out var handle));
            _statements.Add(sql, statement = new SqliteStatement(this, handle));
        }

        return statement;
    }

    public long Number(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            return statement.Step() ? statement.Int64(0) : 0;
        }
        finally
        {
            statement.Reset();
        }
    }

    public string? Text(string sql)
    {
        var statement = Prepare(sql);
        try
        {
            return statement.Step() ? statement.Text(0) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw SqliteErrors.Of(File, raw.sqlite3_extended_errcode(_handle), raw.sqlite3_errmsg(_handle).utf8_to_string());
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        raw.sqlite3_close_v2(_handle);
        _handle.Dispose();
    }
}
