using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sluice.Journal.Sqlite;

/// <summary>
/// The log beside the file, to be synced apart from SQLite: with <c>synchronous = normal</c> it writes commits into the log and syncs that only before they
/// move into the file. What a sync finds in the log is as safe as with <c>full</c>, and commits need not wait for each other's syncs.
/// SQLite's locks lie on other files, so closing this handle gives none of them up.
/// </summary>
internal sealed class SqliteLog(string file) : IDisposable
{
    private readonly SafeFileHandle _log = File.OpenHandle(file + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <exception cref="IOException">The disk failed.</exception>
    public void Sync()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(_log);
        }
        else if (DataSync(_log) != 0)
        {
            throw new IOException($"fdatasync of {file}-wal failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public void Dispose() => _log.Dispose();

    // Unlike fsync, which is all that .NET offers, it does not write the time of the last change.
    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int DataSync(SafeFileHandle file);
}
