using System.Globalization;
using Sluice.Journal.Engine;
using Sluice.Journal.Errors;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Sqlite;

/// <summary>Opens a pool's journal in a file: lock, check, migrate, and only then write.</summary>
internal static class SqliteJournal
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async ValueTask<IJournal> OpenAsync(JournalSettings settings, string pool, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = SqliteFolder.FileOf(settings.Folder, pool);
        SqliteFolder.Create(file);
        var held = SqliteLock.Take(file);
        try
        {
            var (writing, created, migratedFrom) = Prepare(file, pool, time);
            var reader = new SqliteReader(SqliteDatabase.Open(file, readOnly: true, Patience));
            var opening = new JournalOpening(file, SqliteLibrary.Description, created, migratedFrom, null);
            var store = new SqliteStore(writing, reader, held);
            return await JournalEngine.StartAsync(pool, store, settings, opening, time).ConfigureAwait(false);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public static JournalView OpenView(JournalSettings settings, string pool)
    {
        var file = SqliteFolder.FileOf(settings.Folder, pool);
        if (!File.Exists(file))
        {
            throw new JournalMissingException(file);
        }

        var database = SqliteDatabase.Open(file, readOnly: true, Patience);
        try
        {
            VersionOf(database);
            SqliteLock.IsTaken(file, out var owner);
            return new JournalView(pool, file, owner, new SqliteReader(database));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static (SqliteDatabase Writing, bool Created, int? MigratedFrom) Prepare(string file, string pool, TimeProvider time)
    {
        var writing = SqliteDatabase.Open(file, readOnly: false, Patience);
        try
        {
            writing.Execute("pragma auto_vacuum = incremental; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = off");
            writing.Execute("pragma cache_size = -16384; pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864");
            var version = VersionOf(writing);
            Migrate(writing, version, pool, time);
            return (writing, version == 0, version > 0 && version < SqliteSchema.Version ? version : null);
        }
        catch
        {
            writing.Dispose();
            throw;
        }
    }

    private static int VersionOf(SqliteDatabase database)
    {
        var (application, version) = (database.Number("pragma application_id"), database.Number("pragma user_version"));
        if (application == 0 && version == 0 && database.Number("select count(*) from sqlite_master") == 0)
        {
            return 0;
        }

        if (application != SqliteSchema.ApplicationId)
        {
            throw new JournalVersionException(database.File, "it is a SQLite file of another program");
        }

        return version <= SqliteSchema.Version
            ? (int)version
            : throw new JournalVersionException(database.File, version, SqliteSchema.Version);
    }

    private static void Migrate(SqliteDatabase database, int version, string pool, TimeProvider time)
    {
        database.Execute("begin immediate");
        for (var step = version; step < SqliteSchema.Version; step++)
        {
            database.Execute(SqliteSchema.Steps[step]);
        }

        if (version == 0)
        {
            database.Prepare("insert into pool values (?, ?, ?, null, 0, 0, 0, 0, 0, 0)")
                .Bind(1, pool).Bind(2, SqliteSchema.Version).Bind(3, time.GetUtcNow().ToUnixTimeMilliseconds()).Run();
        }

        database.Execute(
            $"pragma application_id = {SqliteSchema.ApplicationId.ToString(CultureInfo.InvariantCulture)}; "
            + $"pragma user_version = {SqliteSchema.Version.ToString(CultureInfo.InvariantCulture)}");
        database.Prepare("update pool set schema_version = ?, owner = ?")
            .Bind(1, SqliteSchema.Version).Bind(2, $"process {Environment.ProcessId} on {Environment.MachineName}").Run();
        database.Execute("commit");
    }
}
