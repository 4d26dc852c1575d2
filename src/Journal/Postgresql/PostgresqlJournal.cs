using System.Globalization;
using Npgsql;
using Sluice.Journal.Engine;
using Sluice.Journal.Errors;
using Sluice.Journal.Reports;
using Sluice.Journal.Settings;

namespace Sluice.Journal.Postgresql;

/// <summary>Opens a pool's journal in a database: tables, lock, fence.</summary>
internal static class PostgresqlJournal
{
    // Two programs that make the tables at once would meet in the middle.
    private const long MigrationLock = 0x536c7569_6d696772;

    public static async ValueTask<IJournal> OpenAsync(JournalSettings settings, string pool, TimeProvider time, CancellationToken cancellationToken)
    {
        var source = PostgresqlPlace.Connect(settings.ConnectionString, settings.Schema);
        var where = PostgresqlPlace.Name(source, settings.Schema, pool);
        NpgsqlConnection? writing = null;
        try
        {
            writing = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            var migratedFrom = await MigrateAsync(writing, settings.Schema, where, cancellationToken).ConfigureAwait(false);
            var (number, created) = await FindOrAddAsync(writing, pool, time, cancellationToken).ConfigureAwait(false);
            var place = new PostgresqlPlace(source, where, number);
            await LockAsync(writing, settings, place, cancellationToken).ConfigureAwait(false);
            var fence = await PostgresqlLock.RaiseFenceAsync(writing, number, cancellationToken).ConfigureAwait(false);
            var opening = new JournalOpening(where, $"PostgreSQL {writing.PostgreSqlVersion}", created, migratedFrom, null);
            return await JournalEngine.StartAsync(pool, new PostgresqlStore(place, writing, fence), settings, opening, time).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (writing is not null)
            {
                await writing.DisposeAsync().ConfigureAwait(false);
            }

            await source.DisposeAsync().ConfigureAwait(false);
            if (failure is NpgsqlException error)
            {
                throw PostgresqlErrors.Of(where, 0, error);
            }

            throw;
        }
    }

    public static async ValueTask<IJournalView> OpenViewAsync(JournalSettings settings, string pool, CancellationToken cancellationToken)
    {
        var source = PostgresqlPlace.Connect(settings.ConnectionString, settings.Schema);
        var where = PostgresqlPlace.Name(source, settings.Schema, pool);
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using var _ = connection.ConfigureAwait(false);
            await VersionAsync(connection, where, cancellationToken).ConfigureAwait(false);
            var number = await FindAsync(connection, pool, cancellationToken).ConfigureAwait(false) ?? throw new JournalMissingException(where);
            var owner = await PostgresqlLock.OwnerAsync(connection, number, cancellationToken).ConfigureAwait(false);
            return new JournalView(pool, where, owner, new PostgresqlReader(new PostgresqlPlace(source, where, number)));
        }
        catch (Exception failure)
        {
            await source.DisposeAsync().ConfigureAwait(false);
            if (failure is NpgsqlException error)
            {
                throw error is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable }
                    ? new JournalMissingException(where)
                    : PostgresqlErrors.Of(where, 0, error);
            }

            throw;
        }
    }

    private static async ValueTask LockAsync(
        NpgsqlConnection writing, JournalSettings settings, PostgresqlPlace place, CancellationToken cancellationToken)
    {
        if (await PostgresqlLock.TryTakeAsync(writing, place.Pool).ConfigureAwait(false))
        {
            return;
        }

        if (!settings.TakeOver)
        {
            throw new JournalLockedException(
                place.Where, await PostgresqlLock.OwnerAsync(writing, place.Pool, cancellationToken).ConfigureAwait(false));
        }

        await PostgresqlLock.SeizeAsync(writing, place.Pool, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<int?> MigrateAsync(NpgsqlConnection writing, string schema, string where, CancellationToken cancellationToken)
    {
        var transaction = await writing.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var quoted = '"' + schema.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        await RunAsync(writing, string.Create(CultureInfo.InvariantCulture, $"select pg_advisory_xact_lock({MigrationLock})"), cancellationToken)
            .ConfigureAwait(false);
        await RunAsync(writing, $"create schema if not exists {quoted}", cancellationToken).ConfigureAwait(false);
        await RunAsync(writing, "create table if not exists schema_version (version integer not null)", cancellationToken).ConfigureAwait(false);
        var version = await VersionAsync(writing, where, cancellationToken).ConfigureAwait(false);
        for (var step = version; step < PostgresqlSchema.Version; step++)
        {
            await RunAsync(writing, PostgresqlSchema.Steps[step], cancellationToken).ConfigureAwait(false);
        }

        var set = string.Create(
            CultureInfo.InvariantCulture, $"delete from schema_version; insert into schema_version values ({PostgresqlSchema.Version})");
        await RunAsync(writing, set, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return version > 0 && version < PostgresqlSchema.Version ? version : null;
    }

    /// <summary>The schema's version, 0 for an empty one. Looking reads every version that is known as it is, and changes none.</summary>
    private static async ValueTask<int> VersionAsync(NpgsqlConnection connection, string where, CancellationToken cancellationToken)
    {
        var version = 0;
        await PostgresqlReader.EachAsync(
            PostgresqlReader.Command(connection, "select version from schema_version"), row => version = row.GetInt32(0), cancellationToken).ConfigureAwait(false);
        return version <= PostgresqlSchema.Version ? version : throw new JournalVersionException(where, version, PostgresqlSchema.Version);
    }

    private static async ValueTask<(int Number, bool Created)> FindOrAddAsync(
        NpgsqlConnection connection, string pool, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await FindAsync(connection, pool, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return (known, false);
        }

        var add = PostgresqlReader.Command(
            connection,
            "insert into pool (name, created_at) values ($1, $2) on conflict (name) do nothing",
            pool, time.GetUtcNow().ToUnixTimeMilliseconds());
        await using (add.ConfigureAwait(false))
        {
            await add.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return ((await FindAsync(connection, pool, cancellationToken).ConfigureAwait(false))!.Value, true);
    }

    private static async ValueTask<int?> FindAsync(NpgsqlConnection connection, string pool, CancellationToken cancellationToken)
    {
        int? number = null;
        await PostgresqlReader.EachAsync(
            PostgresqlReader.Command(connection, "select id from pool where name = $1", pool), row => number = row.GetInt32(0), cancellationToken)
            .ConfigureAwait(false);
        return number;
    }

    private static async ValueTask RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
