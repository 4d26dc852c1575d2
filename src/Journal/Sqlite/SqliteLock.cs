using Sluice.Journal.Errors;

namespace Sluice.Journal.Sqlite;

/// <summary>
/// The right to write to a journal: an exclusive lock on a file beside it, which the operating system takes back when its process ends, however that
/// happens. The lock file itself stays: removing it would let two processes lock two files of one name.
/// </summary>
internal sealed class SqliteLock : IDisposable
{
    private readonly FileStream _held;

    private SqliteLock(FileStream held) => _held = held;

    public static SqliteLock Take(string file)
    {
        try
        {
            return new SqliteLock(new FileStream(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new JournalNotWritableException(file, denied.Message, denied);
        }
        catch (IOException failure)
        {
            throw IsHeld(file, failure) ? new JournalLockedException(file, Holder(file)) : SqliteFolder.Explain(file, failure);
        }
    }

    /// <summary>Whether somebody has the journal open for writing, and who if that is known.</summary>
    public static bool IsTaken(string file, out string? holder)
    {
        holder = null;
        if (!File.Exists(file + ".lock"))
        {
            return false;
        }

        try
        {
            // A shared look fails only while the exclusive lock is held.
            using var look = new FileStream(file + ".lock", FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            return false;
        }
        catch (IOException)
        {
            holder = Holder(file);
            return true;
        }
    }

    public void Dispose() => _held.Dispose();

    private static bool IsHeld(string file, IOException failure) =>
        failure is not (FileNotFoundException or DirectoryNotFoundException or PathTooLongException) && File.Exists(file + ".lock")
        && IsTaken(file, out _);

    private static string? Holder(string file)
    {
        try
        {
            using var database = SqliteDatabase.Open(file, readOnly: true, TimeSpan.Zero);
            return database.Text("select owner from pool");
        }
        catch (JournalException)
        {
            // Only a courtesy: the journal may be so new that it does not say yet.
            return null;
        }
    }
}
