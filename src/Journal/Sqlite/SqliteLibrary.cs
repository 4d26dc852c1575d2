using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Sluice.Journal.Sqlite;

/// <summary>
/// Which SQLite is used: the system's, which its distribution keeps patched, and only where there is none the one packaged with this program
/// (3.35.5, which has a known advisory). The choice is made once per process.
/// </summary>
internal static class SqliteLibrary
{
    private const string PackagedName = "e_sqlite3";

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>The library in use with its version.</summary>
    public static string Description => Loaded.Value;

    private static string SystemName => OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0";

    private static string Load()
    {
        var provider = new SQLite3Provider_e_sqlite3();
        try
        {
            NativeLibrary.SetDllImportResolver(provider.GetType().Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // Another part of this process has made the same choice already (a resolver may be set once per assembly).
        }

        raw.SetProvider(provider);
        var from = !OperatingSystem.IsWindows() && NativeLibrary.TryLoad(SystemName, out _) ? "the system's " + SystemName : "packaged";
        return $"SQLite {raw.sqlite3_libversion().utf8_to_string()} ({from})";
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == PackagedName && !OperatingSystem.IsWindows() && NativeLibrary.TryLoad(SystemName, out var handle) ? handle : 0;
}
