using System.Globalization;
using Sluice.Journal.Errors;
using SQLitePCL;

namespace Sluice.Journal.Sqlite;

/// <summary>SQLite's result codes as this project's exceptions.</summary>
internal static class SqliteErrors
{
    private const int PrimaryCode = 0xff;
    private const int ShortRead = raw.SQLITE_IOERR | (2 << 8);
    private const int SharedMemorySize = raw.SQLITE_IOERR | (19 << 8);

    public static JournalException Of(string file, int code, string text)
    {
        var detail = string.Create(CultureInfo.InvariantCulture, $"SQLite error {code}: {text}");
        return (code, code & PrimaryCode) switch
        {
            // The statements are constant and the rows are ours: an error of SQL's own means that the tables are not what they were.
            (ShortRead, _) or (_, raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH) =>
                new JournalDamagedException(file, detail, null),
            (SharedMemorySize, _) or (_, raw.SQLITE_FULL) => new JournalDiskFullException(file, detail, null),
            (_, raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM) => new JournalNotWritableException(file, detail, null),
            _ => new JournalUnavailableException(file, detail, null),
        };
    }
}
