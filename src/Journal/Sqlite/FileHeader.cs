using System.Buffers.Binary;
using Sluice.Journal.Errors;
using Sluice.Journal.Sqlite.Salvage;

namespace Sluice.Journal.Sqlite;

/// <summary>
/// The first hundred bytes (sqlite.org/fileformat2.html, section 1.3), looked at before SQLite does. All but the counters are the same in every journal, so
/// that a damaged header can be told from a file that is no journal.
/// </summary>
internal static class FileHeader
{
    private const int ApplicationIdOffset = 68;

    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>What is wrong with the header, or null; throws when the file is not ours to repair.</summary>
    public static string? FindDamage(string file)
    {
        var page = new byte[SqliteStore.PageSize];
        using (var pages = new PageFile(file))
        {
            if (!pages.TryReadNewest(1, page))
            {
                return null;
            }
        }

        var isSqlite = page.AsSpan().StartsWith(Magic);
        var isOurs = BinaryPrimitives.ReadInt32BigEndian(page.AsSpan(ApplicationIdOffset)) == SqliteSchema.ApplicationId;
        var hasOurShape = page.AsSpan(16, 8).SequenceEqual((ReadOnlySpan<byte>)[SqliteStore.PageSize >> 8, 0, 2, 2, 0, 64, 32, 32]);
        return (isSqlite, isOurs, hasOurShape) switch
        {
            (true, true, true) => null,
            (true, false, _) => FindTables(file, hasOurShape),
            (false, false, false) => throw new JournalVersionException(file, "it is no SQLite file"),
            _ => "its header was changed",
        };
    }

    /// <summary>The mark is missing: it was hit, or never written because the process ended first, or the file is another program's.</summary>
    private static string? FindTables(string file, bool hasOurShape)
    {
        try
        {
            using var database = SqliteDatabase.Open(file, readOnly: true, TimeSpan.Zero);
            var ours = database.Number("select count(*) from sqlite_master where name in ('item', 'dead_letter', 'sink', 'audience')");
            var all = database.Number("select count(*) from sqlite_master");
            return ours > 0 ? "its header was changed"
                : all == 0 ? null
                : throw new JournalVersionException(file, "it is a SQLite file of another program");
        }
        catch (JournalDamagedException) when (hasOurShape)
        {
            return "its header was changed";
        }
    }
}
