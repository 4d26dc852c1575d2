using System.Text.Json.Nodes;

namespace Sluice.Host.Tests.Observing;

public sealed class ExporterSpecs
{
    [Fact]
    public async Task Exporters_5_3_exporters_of_the_command_line_and_of_the_file_observe_the_run()
    {
        await using var collector = await Collector.StartAsync();
        var config = new Dictionary<string, string> { ["observe.conf"] = "sluice.exporters { audit { type = file, path = audit.jsonl, observe.events = [run, node] } }" };
        await using var program = RunningSluice.Start(
            "Greet", limit: 2, config, "--config", "observe.conf", "--exporter", "file:all.jsonl", "--exporter", $"otlp:{collector.Address}");

        (await program.ExitAsync()).ShouldBe(0);

        var audit = Lines(program, "audit.jsonl");
        audit.Select(line => (string)line["category"]!).Distinct().ShouldBe(["run", "node"]);
        var all = Lines(program, "all.jsonl");
        all.Select(line => (string)line["run"]!).Distinct().ShouldHaveSingleItem().ShouldStartWith("hello-");
        all.Where(line => (string)line["name"]! == "greet.value").Select(line => (string)line["value"]!).ShouldBe(["hello, 1", "hello, 2"], ignoreOrder: true);

        collector.Spans.Select(span => span.Trace).Distinct().ShouldHaveSingleItem();
        var run = collector.Spans.Single(span => span.Parent.Length == 0);
        run.Name.ShouldBe("hello");
        var epochs = collector.Spans.Where(span => span.Parent == run.Id).ToList();
        collector.Spans.Where(span => span.Name == "greet").ShouldAllBe(node => epochs.Exists(epoch => epoch.Id == node.Parent));
    }

    [Fact]
    public async Task An_exporter_whose_sink_is_down_costs_the_run_nothing_and_is_said_at_the_end()
    {
        await using var program = RunningSluice.Start("Greet", limit: 2, "--exporter", "http://127.0.0.1:9/");

        var said = await program.ErrorAsync("has lost");

        said.ShouldStartWith("The exporter exporter-1 has lost ");
        said.ShouldContain(" and delivered 0: http://127.0.0.1:9/ cannot be reached");
        (await program.ExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_target_that_is_none_is_wrong_usage()
    {
        await using var program = RunningSluice.Start("Greet", limit: 2, "--exporter", "kafka:x");

        (await program.ErrorAsync("--exporter")).ShouldStartWith("sluice: --exporter is 'kafka:x': give file:PATH, http://ADDRESS, ");
        (await program.ExitAsync()).ShouldBe(2);
    }

    private static List<JsonNode> Lines(RunningSluice program, string file) =>
        [.. File.ReadLines(Path.Combine(program.Folder, file)).Select(line => JsonNode.Parse(line)!)];
}
