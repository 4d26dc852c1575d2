using System.Globalization;
using Sluice.Journal.Engine;
using Sluice.Journal.Errors;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;
using Sluice.Journal.Sqlite.Salvage;

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
            Salvager.FinishEarlier(file);
            FinishCreation(file);
            var created = !File.Exists(file);
            var recovery = await RecoverIfDamagedAsync(settings, file, pool, time, cancellationToken).ConfigureAwait(false);
            Suspicion.Clear(file);
            var (writing, migratedFrom) = Prepare(file, pool, time);
            var reader = new SqliteReader(SqliteDatabase.Open(file, readOnly: true, Patience), marksDamage: true);
            var opening = new JournalOpening(file, SqliteLibrary.Description, created, migratedFrom, recovery);
            var reserve = new SqliteReserve(file, settings.ReserveBytes);
            reserve.TryTake();
            var store = new SqliteStore(pool, writing, reader, held, reserve);
            return await JournalEngine.StartAsync(pool, store, settings, opening, time).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            held.Dispose();
            if (failure is UnauthorizedAccessException)
            {
                throw new JournalNotWritableException(file, failure.Message, failure);
            }

            throw;
        }
    }

    /// <summary>A new, empty journal, ready to be filled.</summary>
    public static SqliteDatabase Create(string file, string pool, TimeProvider time) => Prepare(file, pool, time).Writing;

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
            return new JournalView(pool, file, owner, new SqliteReader(database, marksDamage: false));
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A new file has a rollback journal until it is in WAL mode. A process that ends in between leaves one that has to be rolled back before anybody
    /// can look: the file is empty again then, as nothing was acknowledged.
    /// </summary>
    private static void FinishCreation(string file)
    {
        if (File.Exists(file + "-journal") && File.Exists(file) && new FileInfo(file).Length <= SqliteStore.PageSize)
        {
            using var database = SqliteDatabase.Open(file, readOnly: false, Patience);
            database.Number("select count(*) from sqlite_master");
        }
    }

    private static async ValueTask<JournalRecovery?> RecoverIfDamagedAsync(
        JournalSettings settings, string file, string pool, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        var damage = FileHeader.FindDamage(file)
            ?? (WalFile.Read(file + "-wal").IsDamaged ? "its log has committed pages that do not match their checksums" : null);
        try
        {
            if (damage is null)
            {
                await FileCheck.DemandAsync(file, pool, settings.FullCheckUpToBytes, cancellationToken).ConfigureAwait(false);
                return null;
            }
        }
        catch (JournalDamagedException found)
        {
            damage = found.Damage;
        }

        return Salvager.Recover(file, pool, damage, time);
    }

    private static (SqliteDatabase Writing, int? MigratedFrom) Prepare(string file, string pool, TimeProvider time)
    {
        var writing = SqliteDatabase.Open(file, readOnly: false, Patience);
        try
        {
            writing.Execute("pragma page_size = 4096; pragma auto_vacuum = incremental; pragma journal_mode = wal; pragma synchronous = full");
            writing.Execute("pragma cache_size = -16384; pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864");
            var version = VersionOf(writing);
            Migrate(writing, version, pool, time);
            return (writing, version > 0 && version < SqliteSchema.Version ? version : null);
        }
        catch
        {
            writing.Dispose();
            throw;
        }
    }

    /// <summary>The file's schema version, 0 for an empty file. A mark of a newer program must be in two places to be believed.</summary>
    public static int VersionOf(SqliteDatabase database)
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

        if (version <= SqliteSchema.Version)
        {
            return (int)version;
        }

        throw database.Number("select schema_version from pool") == version
            ? new JournalVersionException(database.File, version, SqliteSchema.Version)
            : new JournalDamagedException(database.File, "its version was changed", null);
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
            database.Prepare("insert into pool values (?, ?, ?, null, 0, 0, 0, 0, 0, 0, 0, ?)")
                .Bind(1, pool).Bind(2, SqliteSchema.Version).Bind(3, time.GetUtcNow().ToUnixTimeMilliseconds())
                .Bind(4, RowChecksum.OfPool(pool, new long[7])).Run();
        }

        database.Execute(
            $"pragma application_id = {SqliteSchema.ApplicationId.ToString(CultureInfo.InvariantCulture)}; "
            + $"pragma user_version = {SqliteSchema.Version.ToString(CultureInfo.InvariantCulture)}");
        database.Prepare("update pool set schema_version = ?, owner = ?")
            .Bind(1, SqliteSchema.Version).Bind(2, $"process {Environment.ProcessId} on {Environment.MachineName}").Run();
        database.Execute("commit");
    }
}
