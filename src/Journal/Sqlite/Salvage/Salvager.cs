using System.Globalization;
using Sluice.Journal.Reports;

namespace Sluice.Journal.Sqlite.Salvage;

/// <summary>
/// Recovers a damaged file into a new one, page by page and without SQLite's help, because any page may be the damaged one. The new file is complete
/// before the old one is set aside; a process that ends in between leaves either the old file or the complete new one, never neither.
/// </summary>
internal static class Salvager
{
    private const string Unfinished = ".recovering";

    /// <summary>Ends what an earlier recovery began: takes its complete file, or throws away its incomplete one.</summary>
    public static void FinishEarlier(string file)
    {
        if (!File.Exists(file) && File.Exists(file + Unfinished) && !File.Exists(file + Unfinished + "-wal"))
        {
            // The old file's log must not stay beside the new file: SQLite would take it for the new one's.
            var damaged = Directory.EnumerateFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + ".damaged-*").Max(StringComparer.Ordinal);
            SetLogAside(file, damaged ?? file + ".damaged");
            File.Move(file + Unfinished, file);
        }

        DeleteUnfinished(file);
    }

    public static JournalRecovery Recover(string file, string pool, string damage, TimeProvider time)
    {
        DeleteUnfinished(file);
        var remarks = new List<string>();
        LedgerRebuild rebuild;
        using (var database = SqliteJournal.Create(file + Unfinished, pool, time))
        {
            var finds = Collect(file, database);
            rebuild = new LedgerRebuild(database, finds.Assemble(remarks), remarks);
            rebuild.Run(finds.HasPool);
        }

        var setAside = SetAside(file, time);
        File.Move(file + Unfinished, file);
        return new JournalRecovery(damage, setAside, rebuild.Items, rebuild.DeadLetters, rebuild.SequencesLost, [.. remarks.Distinct()]);
    }

    private static Finds Collect(string file, SqliteDatabase into)
    {
        var finds = new Finds();
        using var pages = new PageFile(file);
        var cells = new LeafCells(pages);
        var rows = new SalvagedRows(into);
        into.Execute("begin");
        foreach (var (page, newest) in pages.Versions())
        {
            foreach (var (row, values) in cells.Read(page))
            {
                finds.Look(row, values);
                rows.Look(row, values, newest);
            }
        }

        into.Execute("commit");
        return finds;
    }

    private static string SetAside(string file, TimeProvider time)
    {
        var at = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var aside = $"{file}.damaged-{at}";
        for (var again = 2; File.Exists(aside); again++)
        {
            aside = string.Create(CultureInfo.InvariantCulture, $"{file}.damaged-{at}-{again}");
        }

        // The file first: as long as it is there, the new one is taken for unfinished; once it is gone, for complete.
        File.Move(file, aside);
        SetLogAside(file, aside);
        return aside;
    }

    private static void SetLogAside(string file, string aside)
    {
        if (File.Exists(file + "-wal"))
        {
            File.Move(file + "-wal", aside + "-wal");
        }

        File.Delete(file + "-shm");
    }

    private static void DeleteUnfinished(string file)
    {
        File.Delete(file + Unfinished);
        File.Delete(file + Unfinished + "-wal");
        File.Delete(file + Unfinished + "-shm");
    }
}
