using Sluice.Journal.Errors;

namespace Sluice.Journal.Sqlite;

/// <summary>Where a pool's file lies.</summary>
internal static class SqliteFolder
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int ErrnoOfHResult = 0xffff;

    public static string FileOf(string folder, string pool) => Path.Combine(Path.GetFullPath(folder), Uri.EscapeDataString(pool) + ".journal.db");

    public static void Create(string file)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new JournalNotWritableException(file, denied.Message, denied);
        }
        catch (IOException failure)
        {
            throw Explain(file, failure);
        }
    }

    public static JournalException Explain(string file, IOException failure) =>
        (failure.HResult & ErrnoOfHResult) is NoSpace or QuotaExceeded
            ? new JournalDiskFullException(file, failure.Message, failure)
            : new JournalNotWritableException(file, failure.Message, failure);
}
