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
            (ShortRead, _) or (_, raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB) => new JournalDamagedException(file, detail, null),
            (SharedMemorySize, _) or (_, raw.SQLITE_FULL) => new JournalDiskFullException(file, detail, null),
            (_, raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM) => new JournalNotWritableException(file, detail, null),
            _ => new JournalUnavailableException(file, detail, null),
        };
    }
}
