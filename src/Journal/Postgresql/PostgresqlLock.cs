using System.Globalization;
using Npgsql;

namespace Sluice.Journal.Postgresql;

/// <summary>
/// Who may write. An advisory lock, freed by the server with its session, keeps honest programs apart; the fencing token in the pool's row, checked in every
/// commit, keeps out one that slept through a takeover.
/// </summary>
internal static class PostgresqlLock
{
    // The first half of the key, so that other programs' advisory locks are not met: "Slui".
    private const int Space = 0x536c7569;

    // A server that does not answer keeps nobody from ending.
    private const int SecondsToRelease = 5;

    public static async ValueTask<bool> TryTakeAsync(NpgsqlConnection connection, int pool)
    {
        var command = PostgresqlReader.Command(connection, "select pg_try_advisory_lock($1, $2)", Space, pool);
        await using var _ = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false) is true;
    }

    /// <summary>Ends the session that holds the lock, and waits until the lock is ours.</summary>
    public static async ValueTask SeizeAsync(NpgsqlConnection connection, int pool, CancellationToken cancellationToken)
    {
        var end = PostgresqlReader.Command(
            connection,
            """
            select pg_terminate_backend(pid) from pg_locks
            where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
                and classid::bigint = $1 and objid::bigint = $2 and pid <> pg_backend_pid()
            """,
            (long)Space, (long)pool);
        await using (end.ConfigureAwait(false))
        {
            await end.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        var take = PostgresqlReader.Command(connection, "select pg_advisory_lock($1, $2)", Space, pool);
        await using (take.ConfigureAwait(false))
        {
            await take.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the lock back, so that who opens next need not wait until the server has noticed that the session is over.</summary>
    public static async ValueTask ReleaseAsync(NpgsqlConnection connection, int pool)
    {
        if (connection.FullState is not System.Data.ConnectionState.Open)
        {
            return;
        }

        try
        {
            var command = PostgresqlReader.Command(connection, "select pg_advisory_unlock($1, $2)", Space, pool);
            await using var _ = command.ConfigureAwait(false);
            command.CommandTimeout = SecondsToRelease;
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // Then the session is over already, or will be soon, and the lock with it.
        }
    }

    /// <summary>Becomes the owner: from now on every commit with an older token fails. Returns the new token.</summary>
    public static async ValueTask<long> RaiseFenceAsync(NpgsqlConnection connection, int pool, CancellationToken cancellationToken)
    {
        var owner = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}");
        var command = PostgresqlReader.Command(connection, "update pool set fence = fence + 1, owner = $2 where id = $1 returning fence", pool, owner);
        await using var _ = command.ConfigureAwait(false);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) ?? 0L);
    }

    public static async ValueTask DemandAsync(NpgsqlConnection connection, PostgresqlPlace place, long fence)
    {
        var command = PostgresqlReader.Command(connection, "select demand_fence($1, $2)", place.Pool, fence);
        await using var _ = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }

    public static async ValueTask<string?> OwnerAsync(NpgsqlConnection connection, int pool, CancellationToken cancellationToken)
    {
        string? owner = null;
        var command = PostgresqlReader.Command(
            connection,
            """
            select owner from pool where id = $2 and exists (
                select 1 from pg_locks where locktype = 'advisory' and granted and classid::bigint = $1 and objid::bigint = $2
                    and database = (select oid from pg_database where datname = current_database()))
            """,
            (long)Space, (long)pool);
        await PostgresqlReader.EachAsync(command, row => owner = row.IsDBNull(0) ? null : row.GetString(0), cancellationToken).ConfigureAwait(false);
        return owner;
    }
}
