using System.Text.RegularExpressions;
using Sluice.Journal.Contract;
using Sluice.Journal.Sqlite;

namespace Sluice.Journal.Tests.Sqlite;

public sealed partial class SqliteTablesSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pool_2_5_the_tables_and_columns_are_those_that_are_documented()
    {
        await (await Journals.OpenAsync("orders", TestSettings.In(_folder.Path), TimeProvider.System, CancellationToken.None)).DisposeAsync();
        using var database = SqliteDatabase.Open(Path.Combine(_folder.Path, "orders.journal.db"), readOnly: true, TimeSpan.Zero);
        var documented = Documented();

        var tables = database.Text("select group_concat(name) from sqlite_master where type = 'table' and name not like 'sqlite_%'")!.Split(',');
        tables.Order().ShouldBe(documented.Keys.Order());
        foreach (var (table, words) in documented)
        {
            var columns = database.Text($"select group_concat(name) from pragma_table_info('{table}')")!.Split(',');
            var missing = columns.Except(words);
            // It has the item's columns too, and its page says so.
            (table == "dead_letter" ? missing.Except(documented["item"]) : missing).Except(["crc"]).ShouldBeEmpty(table);
        }
    }

    // A row of the page's table: | `name`… | `column`, `column` (…) |
    private static Dictionary<string, HashSet<string>> Documented() =>
        File.ReadLines(Path.Combine(Root(), "docs", "journal.md"))
            .SkipWhile(line => !line.StartsWith("## Tables", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => Word().Matches(line).Select(match => match.Groups[1].Value).ToArray())
            .ToDictionary(words => words[0], words => words.Skip(1).ToHashSet());

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sluice.slnx")))
        {
            folder = folder.Parent.ShouldNotBeNull();
        }

        return folder.FullName;
    }

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Word();
}
