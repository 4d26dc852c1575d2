using System.Text.Json;

namespace Sluice.Acceptance.Tests;

/// <summary><c>sluice journal</c> when nobody has the journal open: 35 items that the receiver would not take, or could not.</summary>
public sealed class JournalSpecs : IDisposable
{
    private readonly PoolRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Pool_2_5_dead_letters_are_listed_shown_and_exported_with_all_that_is_known_of_them()
    {
        await RunRefusedAsync("400");

        var dead = await ListAsync("--state", "dead");
        var key = dead[3].GetProperty("key").GetString()!;
        (await ListAsync("--state", "dead", "--keys", "2..4", "--sink", "http", "--class", "permanent", "--error", "400")).Count.ShouldBe(3);
        (await ListAsync("--state", "dead", "--older-than", "1h")).ShouldBeEmpty();
        (await ListAsync("--state", "dead", "--newer-than", "1h", "--limit", "5")).Count.ShouldBe(5);
        (await ListAsync("--state", "dead", "--class", "poison")).ShouldBeEmpty();
        var shown = JsonDocument.Parse((await _run.JournalAsync("show", key)).Output).RootElement;
        var file = Path.Combine(_run.Folder, "dead.jsonl");
        var (exported, said, _) = await _run.JournalAsync("export", "--state", "dead", "--to", file);
        var (again, _, refusal) = await _run.JournalAsync("export", "--state", "dead", "--to", file);

        dead.Count.ShouldBe(35);
        (shown.GetProperty("class").GetString(), shown.GetProperty("sink").GetString(), shown.GetProperty("attempts").GetInt32()).ShouldBe(("permanent", "http", 1));
        shown.GetProperty("error").GetString()!.ShouldContain("400");
        shown.GetProperty("item").ValueKind.ShouldBe(JsonValueKind.Object);
        (exported, File.ReadLines(file).Count()).ShouldBe((0, 35), said);
        File.ReadLines(file).First().ShouldBe(dead[0].GetRawText());
        (again, refusal.Contains("which exists", StringComparison.Ordinal)).ShouldBe((2, true), refusal);
    }

    [Fact]
    public async Task Pool_5_3_a_redrive_has_filters_a_rate_and_a_dry_run_and_delivers_under_the_old_keys()
    {
        await RunRefusedAsync("422");
        await using var receiver = await _run.StartReceiverAsync();

        var (_, would, _) = await _run.JournalAsync("redrive", "--keys", "1..10", "--dry-run");
        var (exitCode, output, errors) = await _run.JournalAsync("redrive", "--keys", "1..10", "--rate", "100", "--output", "json");
        var dead = await ListAsync("--state", "dead");

        would.ShouldBe("10 items would be redriven; nothing was changed.");
        exitCode.ShouldBe(0, errors);
        output.Split('\n')[0].ShouldBe("""{"dryRun":false,"redriven":10}""");
        _run.Stored().Select(item => PoolRun.SequenceOf(item.Key)).ShouldBe(Enumerable.Range(1, 10).Select(sequence => (long)sequence));
        dead.Count.ShouldBe(25);
        (await _run.JournalAsync("status")).Output.ShouldContain("http: 35 accepted = 10 delivered + 0 pending + 25 dead");
    }

    [Fact]
    public async Task Pool_5_3_what_fails_again_stays_a_dead_letter_and_says_so()
    {
        await RunRefusedAsync("422");
        await using var receiver = await _run.StartReceiverAsync("--fail", "422");

        await _run.JournalAsync("redrive", "--keys", "..2");
        var dead = await ListAsync("--state", "dead");

        dead.Count.ShouldBe(35);
        dead.Select(letter => letter.GetProperty("redrives").GetInt32()).Take(3).ShouldBe([1, 1, 0]);
        dead.Select(letter => letter.GetProperty("attempts").GetInt32()).Take(3).ShouldBe([2, 2, 1]);
    }

    [Fact]
    public async Task Pool_5_1_what_is_dropped_by_hand_is_counted_in_the_ledger()
    {
        await _run.RunAsync();

        var (refused, _, refusal) = await _run.JournalAsync("drop");
        var (unknown, _, unknownSink) = await _run.JournalAsync("list", "--sink", "htpt");
        var (_, would, _) = await _run.JournalAsync("drop", "--sink", "http", "--keys", "1..5", "--dry-run");
        var (exitCode, output, errors) = await _run.JournalAsync("drop", "--sink", "http", "--keys", "1..5", "--reason", "obsolete");

        (refused, refusal.Contains("nothing says what to drop", StringComparison.Ordinal)).ShouldBe((2, true), refusal);
        (unknown, unknownSink).ShouldBe((2, "sluice: --sink is 'htpt': the pool has archive, http."));
        would.ShouldBe("5 items would be dropped; nothing was changed.");
        (exitCode, output).ShouldBe((0, "5 items dropped."), errors);
        (await _run.JournalAsync("status")).Output.ShouldContain("http: 35 accepted = 0 delivered + 30 pending + 0 dead + 5 dropped (obsolete)");
        (await ListAsync()).Select(item => PoolRun.SequenceOf(item.GetProperty("key").GetString()!)).Min().ShouldBe(6);
    }

    [Fact]
    public async Task Pool_5_3_dead_letters_are_the_source_of_a_tube_that_repairs_them()
    {
        await RunRefusedAsync("422");
        await using var receiver = await _run.StartReceiverAsync();
        var tube = Path.Combine(_run.Folder, "repair.yaml");
        await File.WriteAllTextAsync(tube, """
            tube: repair
            input:
              item: { scope: process }
              error: { scope: process }
            nodes:
              mend: { type: Repair.Mend, depends: [item: input.item, error: input.error] }
              return: { type: return, depends: mend.value }
            """);
        await File.WriteAllTextAsync(Path.Combine(_run.Folder, "nodes.cs"), """
            public static class Repair
            {
                public static object Mend(IReadOnlyDictionary<string, object?> item, string error) =>
                    new Dictionary<string, object?>(item) { ["mended"] = error.Contains("422") };
            }
            """);

        var (_, calls, _) = await _run.JournalAsync("export", "--state", "dead", "--members", "item,error");
        var (exitCode, _, errors) = await SluiceProcess.RunWithInputAsync(
            _run.Folder, _run.Environment, calls, "run", tube, "--inputs", "-", "--pool", Checkout.Example("pool.conf"));
        var (dropped, _, _) = await _run.JournalAsync("drop", "--state", "dead", "--all", "--reason", "repaired");

        (exitCode, dropped).ShouldBe((0, 0), errors);
        errors.ShouldNotContain("is ignored");
        _run.Stored().Count.ShouldBe(35);
        _run.Stored().ShouldAllBe(stored => JsonDocument.Parse(stored.Item).RootElement.GetProperty("mended").GetBoolean());
        (await _run.JournalAsync("status")).Output.ShouldContain("http: 70 accepted = 35 delivered + 0 pending + 0 dead + 35 dropped (repaired)");
    }

    [Fact]
    public async Task A_member_that_no_line_has_is_wrong_usage_and_the_members_there_are_are_named()
    {
        await RunRefusedAsync("422");

        var (exitCode, output, errors) = await _run.JournalAsync("export", "--state", "dead", "--members", "itm");

        (exitCode, output).ShouldBe((2, ""), errors);
        errors.ShouldContain("--members names 'itm', and ");
        errors.ShouldContain("contentType, arguments, item.");
    }

    [Theory]
    [InlineData("--class", "list", "--class", "poison")]
    [InlineData("--keys", "list", "--keys", "seven")]
    [InlineData("--keys", "list", "--keys", "9..3")]
    [InlineData("--older-than", "drop", "--older-than", "yesterday")]
    [InlineData("--rate", "redrive", "--rate", "-1")]
    public async Task A_filter_that_makes_no_sense_is_wrong_usage_and_named(string said, string command, params string[] options)
    {
        var (exitCode, output, errors) = await _run.JournalAsync(command, options);

        (exitCode, output).ShouldBe((2, ""), errors);
        errors.ShouldContain(said);
        errors.Trim().Split('\n').Length.ShouldBe(1, errors);
    }

    private async Task RunRefusedAsync(string status)
    {
        await using var receiver = await _run.StartReceiverAsync("--fail", status);
        var (exitCode, _, errors) = await _run.RunAsync();
        exitCode.ShouldBe(0, errors);
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(params string[] options)
    {
        var (exitCode, output, errors) = await _run.JournalAsync("list", ["--output", "json", .. options]);
        exitCode.ShouldBe(0, errors);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
