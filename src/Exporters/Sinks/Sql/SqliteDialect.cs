using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Sluice.Exporters.Sinks.Sql;

/// <summary>SQLite: the system's library where there is one, else the packaged one.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private static readonly Lazy<bool> LibraryIsLoaded = new(LoadLibrary);

    private readonly string _connection;

    public SqliteDialect(SqliteSinkSettings settings)
    {
        _ = LibraryIsLoaded.Value;
        try
        {
            _connection = new SqliteConnectionStringBuilder(settings.Connection).ConnectionString;
        }
        catch (ArgumentException fault)
        {
            throw new SinkSettingsException(settings.Name, "connection", $"cannot be read: {fault.Message} Write one such as \"Data Source=items.db\".", fault);
        }
    }

    public override DbConnection Connect() => new SqliteConnection(_connection);

    public override string TypeName(ColumnType type) => type switch
    {
        ColumnType.Whole or ColumnType.Boolean => "INTEGER",
        ColumnType.Real => "REAL",
        _ => "TEXT",
    };

    public override DbParameter Parameter(DbCommand command, string name, ColumnType type) => new SqliteParameter { ParameterName = name };

    public override object Convert(object value, ColumnType type) => value switch
    {
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        bool truth => truth ? 1L : 0L,
        _ => value,
    };

    public override string? CodeOf(DbException fault) =>
        fault is SqliteException sqlite ? sqlite.SqliteErrorCode.ToString(CultureInfo.InvariantCulture) : null;

    // The provider's pool would keep the file open behind the sink's back.
    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connection);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    private static bool LoadLibrary()
    {
        var provider = new SQLite3Provider_e_sqlite3();
        try
        {
            NativeLibrary.SetDllImportResolver(provider.GetType().Assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // The journal has made the same choice already (a resolver may be set once per assembly).
        }

        raw.SetProvider(provider);
        return true;
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "e_sqlite3" && NativeLibrary.TryLoad(OperatingSystem.IsMacOS() ? "libsqlite3.dylib" : "libsqlite3.so.0", out var handle) ? handle : 0;
}
