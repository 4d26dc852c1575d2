using Sluice.Journal.Engine;
using Sluice.Journal.Errors;

namespace Sluice.Journal.Sqlite;

/// <summary>Looks whether a file can be trusted, before anything is written to it.</summary>
internal static class FileCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The small tables always, everything when the file is small enough.</summary>
    public static async ValueTask DemandAsync(string file, string pool, long fullUpToBytes, CancellationToken cancellationToken)
    {
        var database = SqliteDatabase.Open(file, readOnly: true, Patience);
        var reader = new SqliteReader(database, marksDamage: false);
        await using (reader.ConfigureAwait(false))
        {
            // The tables that are looked at here are the same in every version so far; a file without any is new.
            if (SqliteJournal.VersionOf(database) == 0)
            {
                return;
            }

            DemandPool(database, pool);
            LedgerCheck.Demand(file, SqliteState.Read(database));
            if (new FileInfo(file).Length <= fullUpToBytes || Suspicion.IsNoted(file))
            {
                await DemandEverythingAsync(database, reader, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void DemandPool(SqliteDatabase database, string pool)
    {
        if (database.Text("select name from pool") is { } owner && owner != pool)
        {
            throw new JournalVersionException(database.File, $"it belongs to the pool {owner}, not to {pool}");
        }
    }

    private static async ValueTask DemandEverythingAsync(SqliteDatabase database, SqliteReader reader, CancellationToken cancellationToken)
    {
        var verdict = database.Text("pragma integrity_check(1)");
        if (verdict != "ok")
        {
            throw new JournalDamagedException(database.File, verdict ?? "it cannot be checked", null);
        }

        var check = new LedgerCheck();
        await reader.ScanAsync(check, cancellationToken).ConfigureAwait(false);
        if (check.Conclude() is { } result && check.FirstDisagreement is { } fault)
        {
            throw new JournalDamagedException(database.File, $"{fault} ({result.Faults.Count} such faults)", null);
        }
    }
}
