using System.Globalization;
using System.Text.Json;

namespace Sluice.Acceptance.Tests;

/// <summary>The main job: a week of earthquakes through the tube.</summary>
public sealed class EarthquakeSpecs : IDisposable
{
    private static readonly string[] Classes = ["micro", "minor", "light", "strong", "blast", "all"];
    private readonly TemporaryFolder _folder = new();
    private readonly EarthquakeFigures _figures = EarthquakeFigures.Read(Checkout.Example("earthquakes.json"));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sync")]
    [InlineData("async")]
    public async Task The_table_agrees_with_what_a_reader_computes_from_the_file(string runner)
    {
        var (exitCode, output, errors) = await RunAsync("--runner", runner);

        exitCode.ShouldBe(0, errors);
        _figures.Events.ShouldBe(1707);
        var table = output[output.IndexOf("Earthquakes by region and class", StringComparison.Ordinal)..].Split('\n').Skip(2).TakeWhile(line => line.Length > 0);
        foreach (var row in table)
        {
            var cells = row.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            cells[1..].Select(cell => int.Parse(cell, CultureInfo.InvariantCulture))
                .ShouldBe(Classes.Select(@class => _figures.Count(cells[0], @class)), row);
        }

        table.Count().ShouldBe(10);
        output.ShouldContain("1,707 epochs");
    }

    [Fact]
    public async Task The_summaries_agree_with_what_a_reader_computes_from_the_file()
    {
        var (exitCode, output, errors) = await RunAsync("--output", "json");

        exitCode.ShouldBe(0, errors);
        var summaries = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var values = summaries.Select(summary => summary.GetProperty("value")).ToList();
        summaries.Select(summary => summary.GetProperty("epoch").GetString()).Take(2).ShouldBe(["49", "99"]);
        values.Select(value => value.GetProperty("events").GetInt32()).ShouldBe([.. Enumerable.Repeat(50, 34), 7]);
        values.Max(value => value.GetProperty("maxMagnitude").GetDouble()).ShouldBe(_figures.Strongest);
        foreach (var @class in Classes[..^1])
        {
            values.Sum(value => value.GetProperty("byClass").TryGetProperty(@class, out var count) ? count.GetInt32() : 0)
                .ShouldBe(_figures.CountOfClass(@class), @class);
        }
    }

    [Fact]
    public async Task Json_output_holds_returned_values_and_events_and_nothing_else()
    {
        var (exitCode, output, _) = await RunAsync("--output", "json", "--events", "--epochs", "60");

        exitCode.ShouldBe(0);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lines.Count(line => line.TryGetProperty("value", out _) && line.TryGetProperty("epoch", out _)).ShouldBe(1);
        var events = lines.Where(line => line.TryGetProperty("event", out _)).Select(line => line.GetProperty("event")).ToList();
        events.Count.ShouldBe(lines.Count - 1);
        events.Count(happened => happened.GetProperty("node").GetString() == "classify" && happened.GetProperty("signal").GetString() == "region").ShouldBe(60);
        events.Where(happened => happened.GetProperty("signal").GetString() == "EpochEnded").Select(happened => happened.GetProperty("epoch").GetString())
            .ShouldBe(Enumerable.Range(0, 60).Select(epoch => epoch.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task What_nodes_write_to_the_console_is_kept_out_of_json_output()
    {
        _folder.Write("nodes.cs", """
            public static class Talker
            {
                public static IEnumerable<int> Count() { Console.WriteLine("here I am"); yield return 7; }
            }
            """);
        _folder.Write("tube.yaml", "tube: talker\nnodes:\n  count: { type: Talker.Count }\n  return: { type: return, depends: count.value }\n");

        var (exitCode, output, errors) = await SluiceProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), "run", "tube.yaml", "--output", "json");

        exitCode.ShouldBe(0, errors);
        output.ShouldBe("""{"epoch":"0","value":7}""");
        errors.ShouldContain("here I am");
    }

    [Fact]
    public async Task A_value_that_cannot_be_written_costs_no_other_event()
    {
        _folder.Write("nodes.cs", """
            using System.Text.Json;
            public sealed class Odd { public int Bad => throw new NotImplementedException(); }
            public static class Odds
            {
                public static IEnumerable<object> All()
                {
                    yield return new List<object> { 1, new Odd() };
                    var closed = JsonDocument.Parse("[1]");
                    closed.Dispose();
                    yield return closed.RootElement;
                    var itself = new List<object>();
                    itself.Add(itself);
                    yield return itself;
                    yield return 4;
                }
            }
            """);
        _folder.Write("tube.yaml", "tube: odds\nnodes:\n  all: { type: Odds.All }\n  return: { type: return, depends: all.value }\n");

        var (exitCode, output, errors) = await SluiceProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), "run", "tube.yaml", "--output", "json", "--events");

        exitCode.ShouldBe(0, errors);
        errors.ShouldNotContain("   at ");
        var events = output.Split('\n').Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.TryGetProperty("event", out _)).ToList();
        events.Count(line => line.GetProperty("event").GetProperty("node").GetString() == "all").ShouldBe(4);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] options) =>
        SluiceProcess.RunAsync(_folder.Path, new Dictionary<string, string>(), ["run", Checkout.Example("tube.yaml"), .. options]);
}
