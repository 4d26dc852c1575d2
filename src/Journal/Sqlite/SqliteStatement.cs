using System.Text;
using SQLitePCL;

namespace Sluice.Journal.Sqlite;

/// <summary>A prepared statement. Parameters count from 1, columns from 0; null binds and reads as SQL's null.</summary>
internal sealed class SqliteStatement(SqliteDatabase database, sqlite3_stmt handle) : IDisposable
{
    // A parameter is null until it is bound, and most texts of most items are: what is null already need not be said to SQLite again.
    private ulong _bound;

    public SqliteStatement Bind(int index, long value)
    {
        _bound |= 1UL << index;
        raw.sqlite3_bind_int64(handle, index, value);
        return this;
    }

    public SqliteStatement Bind(int index, string? value)
    {
        if (value is null)
        {
            BindNull(index);
            return this;
        }

        _bound |= 1UL << index;
        if (value.Length == 0)
        {
            raw.sqlite3_bind_text(handle, index, value);
        }
        else
        {
            raw.sqlite3_bind_text16(handle, index, value.AsSpan());
        }

        return this;
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value)
    {
        _bound |= 1UL << index;
        if (value.IsEmpty)
        {
            raw.sqlite3_bind_zeroblob(handle, index, 0);
        }
        else
        {
            raw.sqlite3_bind_blob(handle, index, value);
        }

        return this;
    }

    private void BindNull(int index)
    {
        if ((_bound & (1UL << index)) != 0)
        {
            raw.sqlite3_bind_null(handle, index);
            _bound &= ~(1UL << index);
        }
    }

    /// <summary>Goes to the next row, if there is one.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var failure = Failure(code);
            raw.sqlite3_reset(handle);
            throw failure;
        }

        return false;
    }

    /// <summary>Carries out a statement without rows and makes it ready again.</summary>
    public void Run()
    {
        Step();
        raw.sqlite3_reset(handle);
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public string? Text(int column) =>
        IsNull(column) ? null : Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public byte[] Blob(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => handle.Dispose();

    private Exception Failure(int code)
    {
        try
        {
            database.Check(code);
            return new InvalidOperationException($"SQLite gave the unexpected result code {code}.");
        }
        catch (Errors.JournalException failure)
        {
            return failure;
        }
    }
}
