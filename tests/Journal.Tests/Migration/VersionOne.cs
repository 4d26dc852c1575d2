using Sluice.Journal.Contract;

namespace Sluice.Journal.Tests.Migration;

/// <summary>
/// A journal as the first version left it, made by its code: the pool "victim" with two sinks and 41 items, some of them settled, one dead and one being redriven.
/// </summary>
internal static class VersionOne
{
    public const string Pool = "victim";

    /// <summary>The SQLite file, copied into a folder.</summary>
    public static string CopyTo(string folder)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, Pool + ".journal.db");
        using var from = Open("version-1.journal.db");
        using var to = File.Create(file);
        from.CopyTo(to);
        return file;
    }

    /// <summary>The statements that make the tables in a schema and fill them.</summary>
    public static string Sql(string schema)
    {
        using var reader = new StreamReader(Open("version-1.sql"));
        return reader.ReadToEnd().Replace("version_one", schema, StringComparison.Ordinal);
    }

    /// <summary>Everything that the first version had committed is there, however often it was tried to bring it up to date.</summary>
    public static async Task ShouldBeWhole(IJournal journal)
    {
        await journal.ShouldBeSound();
        var (a, b) = (journal.Status.Sinks["a"], journal.Status.Sinks["b"]);
        (a.Accepted, a.Delivered, a.Pending, a.Dead).ShouldBe((40, 13, 26, 1));
        (b.Accepted, b.Delivered, b.Pending, b.Dead).ShouldBe((41, 2, 39, 0));
        var owed = await journal.Read("a");
        owed[^1].Text().ShouldBe("item 21", "redriven, at the end");
        owed.SkipLast(1).Select(item => item.Text()).ShouldBe(
            [.. Numbers(11, 14), .. Numbers(18, 19), .. Numbers(22, 40)]);
        (await journal.DeadLetters()).Select(letter => (letter.Key.Sequence, letter.Redriving)).ShouldBe([(20, false), (21, true)]);
        var first = (await journal.Read("b", max: 1)).Single();
        first.Text().ShouldBe("{\"id\":1}");
        first.Arguments.ShouldBe(new Dictionary<string, string> { ["table"] = "quakes" });
        first.Origin.ShouldBe(new ItemOrigin("tube", "node", "0/b:2"));
    }

    /// <summary>Opening brings it up to date once, with everything in it, and what came with the second version works from then on.</summary>
    public static async Task ShouldMigrateOnce(Func<ValueTask<IJournal>> open)
    {
        await using (var journal = await open())
        {
            journal.Opening.MigratedFrom.ShouldBe(1);
            journal.Opening.Recovery.ShouldBeNull();
            await ShouldBeWhole(journal);
            await journal.AppendAsync(JournalActions.Item("new") with { MessageId = "m" }, OwedTo.All, CancellationToken.None);
        }

        await using var again = await open();
        again.Opening.MigratedFrom.ShouldBeNull();
        (await again.AppendAsync(JournalActions.Item("new") with { MessageId = "m" }, OwedTo.All, CancellationToken.None)).Count.ShouldBe(0);
    }

    private static IEnumerable<string> Numbers(int first, int last) => Enumerable.Range(first, last - first + 1).Select(number => $"item {number}");

    private static Stream Open(string name) => typeof(VersionOne).Assembly.GetManifestResourceStream(name).ShouldNotBeNull();
}
