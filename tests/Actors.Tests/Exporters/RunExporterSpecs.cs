using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Actors.Exporters;
using Sluice.Actors.Tests.Pools;
using Sluice.Actors.Tests.Tubes.Samples;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Http;
using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Tubes.Runners;

namespace Sluice.Actors.Tests.Exporters;

public sealed class RunExporterSpecs : IAsyncLifetime, IAsyncDisposable
{
    private const int Runs = 1000;

    private const string Tube = """
        nodes:
          count: { type: T.Nodes.Count }
          double: { type: T.Nodes.Twice, depends: [value: count.value] }
        """;

    private static readonly SinkExporterSettings s_settings =
        ConfigurationFactory.FromResource<SinkExporter>().Bind<SinkExporterSettings>("sluice.exporter") with { RetryInterval = TimeSpan.FromMilliseconds(1) };

    private readonly ActorSystem _system = ActorSystem.Create("exporters", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));
    private readonly SinkServices _services = new();
    private Receiver _receiver = null!;
    private ISink _sink = null!;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _sink = ConfigurationFactory.ParseString($"name = shared, url = \"{_receiver.Url}\", body = ndjson, envelope = keyed, timeout = 2m")
            .WithFallback(ConfigurationFactory.FromResource<SinkSettings>().GetConfig("sluice.sinks.http"))
            .Bind<HttpSinkSettings>().Open(_services);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate().Within();
        await _sink.DisposeAsync();
        _services.Dispose();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task Exporters_5_3_a_thousand_runs_at_once_share_one_HTTP_exporter_its_client_and_nothing_else()
    {
        var exporter = new SinkExporter(_sink, s_settings, (json, value) => JsonSerializer.Serialize(json, value));
        var actors = ExporterActors.Start(_system, exporter, flushTimeout: TimeSpan.FromMinutes(2));

        await Task.WhenAll(Enumerable.Range(0, Runs).Select(number => Task.Run(() => RunAsync($"run-{number}", actors)))).WaitAsync(TimeSpan.FromMinutes(3));
        await Deadline.Until(async () => (await actors.GetCopiesAsync()).Ended == Runs);

        (exporter.Delivered, exporter.Owed).ShouldBe((_receiver.Items.Count, 0));
        _receiver.Keys.Distinct().Count().ShouldBe(_receiver.Keys.Count);
        var byRun = _receiver.Items.Select(item => JsonNode.Parse(item)!).GroupBy(item => (string)item["run"]!).ToList();
        byRun.Count.ShouldBe(Runs);
        var expected = Lines(byRun[0]);
        expected[0].ShouldBe("started run test");
        expected[^1].ShouldBe("ended run test");
        expected.ShouldContain("happened event double.value 4");
        byRun.ShouldAllBe(run => Lines(run).SequenceEqual(expected));
    }

    [Fact]
    public async Task Exporters_5_3_what_the_sink_refuses_for_now_is_tried_again_and_then_counted_as_lost()
    {
        var refusals = 0;
        _receiver.Misbehave = (http, _) =>
        {
            var isRefused = Interlocked.Increment(ref refusals) <= 2;
            http.Response.StatusCode = isRefused ? 503 : 200;
            return Task.FromResult(isRefused);
        };
        var exporter = new SinkExporter(_sink, s_settings with { Attempts = 3 }, (json, value) => JsonSerializer.Serialize(json, value));
        var actors = ExporterActors.Start(_system, exporter, flushTimeout: TimeSpan.FromMinutes(2));
        await RunAsync("refused twice", actors);
        await Deadline.Until(async () => (await actors.GetCopiesAsync()).Ended == 1);
        (exporter.Owed, exporter.Delivered).ShouldBe((0, _receiver.Items.Count));

        _receiver.Misbehave = (http, _) =>
        {
            http.Response.StatusCode = 503;
            return Task.FromResult(true);
        };
        await RunAsync("refused for ever", actors);
        await Deadline.Until(async () => (await actors.GetCopiesAsync()).Ended == 2);
        exporter.Owed.ShouldBe(_receiver.Items.Count);
        exporter.Trouble!.ShouldContain("503");
    }

    [Fact]
    public async Task Exporters_5_3_only_the_categories_that_are_asked_for_are_sent()
    {
        var exporter = new SinkExporter(_sink, s_settings with { Events = ["run"] }, (json, value) => JsonSerializer.Serialize(json, value));
        var actors = ExporterActors.Start(_system, exporter, flushTimeout: TimeSpan.FromMinutes(2));

        await RunAsync("quiet", actors);
        await Deadline.Until(async () => (await actors.GetCopiesAsync()).Ended == 1);

        Lines(_receiver.Items.Select(item => JsonNode.Parse(item)!)).ShouldBe(["started run test", "ended run test"]);
    }

    private static List<string> Lines(IEnumerable<JsonNode> items) =>
        [.. items.Select(item => $"{item["kind"]} {item["category"]} {item["name"]} {item["value"]}".TrimEnd())];

    private static async Task RunAsync(string name, ExporterActors exporter)
    {
        var events = new TubeEvents(name);
        await exporter.ObserveAsync(events.Context);
        using (events.Enter())
        {
            await using var runner = new SyncRunner(TubeHarness.Build(Tube));
            await runner.RunAsync(epochs: 3);
        }

        events.Complete();
    }
}
