using System.Text.Json.Nodes;
using Sluice.Actors.Exporters;
using Sluice.Cluster.Transport.Memory;
using Sluice.Exporters;
using Sluice.Exporters.Events;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Files;
using Sluice.Hocon;
using Sluice.Host.Output;
using Sluice.Kernel.Actor;

namespace Sluice.Host.Tests.Observing;

/// <summary>An exporter and its copies on one member, the runs that they observe on another.</summary>
public sealed class RemoteExporterSpecs : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan s_patience = RunningSluice.Deadline;

    private static readonly string[] s_places = ["Chile", "Peru"];

    private readonly MemoryHub _hub = new();
    private readonly ActorSystem _here = System("here");
    private readonly ActorSystem _there = System("there");
    private readonly SinkServices _services = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-remote-exporter-").FullName;
    private SinkExporter _exporter = null!;
    private ExporterActors _original = null!;

    public async Task InitializeAsync()
    {
        await Cluster.Cluster.Get(_here).JoinAsync(_hub.CreateTransport());
        await Cluster.Cluster.Get(_there).JoinAsync(_hub.CreateTransport());
        await UntilAsync(() => Task.FromResult(Cluster.Cluster.Get(_here).State.Members.Count == 2 && Cluster.Cluster.Get(_there).State.Members.Count == 2));
        var sink = ConfigurationFactory.ParseString($"name = audit, path = \"{File}\"")
            .WithFallback(ConfigurationFactory.FromResource<SinkSettings>().GetConfig("sluice.sinks.file")).Bind<FileSinkSettings>().Open(_services);
        var settings = ConfigurationFactory.FromResource<SinkExporter>().Bind<SinkExporterSettings>("sluice.exporter");
        _exporter = new SinkExporter(sink, settings, ValueJson.Write, false);
        _original = ExporterActors.Start(_there, _exporter);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        await _here.Terminate();
        await _there.Terminate();
        _services.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string File => Path.Combine(_folder, "audit.jsonl");

    [Fact]
    public async Task Exporters_3_3_a_run_is_observed_by_a_copy_on_another_member()
    {
        var (context, events) = NewRun("run-1");
        using var observation = await FromHere().ObserveAsync(context).WaitAsync(s_patience);
        (await CopiesAsync()).ShouldBe(["run-1"]);

        events.Publish(Emitted("1", new { Magnitude = 6.5, Places = s_places }));
        events.Publish(Emitted("2", "a text"));
        events.Publish(Emitted("3", new Uncanny()));
        events.Complete();

        await UntilAsync(async () => (await _original.GetCopiesAsync()).Ended == 1);
        var lines = (await global::System.IO.File.ReadAllLinesAsync(File)).Select(line => JsonNode.Parse(line)!).ToArray();
        lines.Select(line => (string)line["id"]!).ShouldBe(["1", "2", "3"]);
        lines.ShouldAllBe(line => (string)line["run"]! == "run-1" && (string)line["attributes"]!["sluice.tube.name"]! == "quakes");
        lines[0]["value"]!.ToJsonString().ShouldBe("""{"Magnitude":6.5,"Places":["Chile","Peru"]}""");
        lines[1]["value"]!.GetValue<string>().ShouldBe("a text");
        lines[2]["attributes"]!.ToJsonString().ShouldBe("""{"sluice.tube.name":"quakes","number":7,"share":0.5,"true":true}""");
        lines[2]["value"]!.GetValue<string>().ShouldBe("uncanny");
        (await CopiesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Exporters_3_3_a_copy_ends_when_the_member_of_its_run_is_lost_and_keeps_what_had_arrived()
    {
        var (context, events) = NewRun("run-1");
        using var observation = await FromHere().ObserveAsync(context).WaitAsync(s_patience);
        events.Publish(Emitted("1", "before"));
        await UntilAsync(async () => (await _original.GetCopiesAsync()).Copies.Single().Events == 1);

        _hub.Kill("here");

        await UntilAsync(async () => (await _original.GetCopiesAsync()).Ended == 1);
        (await global::System.IO.File.ReadAllTextAsync(File)).ShouldContain("before");
    }

    [Fact]
    public async Task Exporters_3_3_a_run_does_not_notice_that_the_member_of_its_exporter_is_lost()
    {
        var (context, events) = NewRun("run-1");
        using var observation = await FromHere().ObserveAsync(context).WaitAsync(s_patience);

        await _there.Terminate();
        events.Publish(Emitted("1", "into the void"));
        events.Complete();

        var late = await Should.ThrowAsync<InvalidOperationException>(() => FromHere().ObserveAsync(NewRun("run-2").Context).WaitAsync(s_patience));
        late.Message.ShouldEndWith("is gone, with its member or by itself: the run 'run-2' is not observed.");
    }

    private static ActorSystem System(string member) => ActorSystem.Create(
        "sluice", ConfigurationFactory.ParseString($"sluice.kernel.log-to-console = off, sluice.cluster {{ silence = 1h, member = {member} }}"));

    private static (ContextState Context, EventStream Events) NewRun(string name)
    {
        var events = new EventStream();
        return (new ContextState { Name = name, Events = events }, events);
    }

    private static ExporterEvent Emitted(string id, object? value) => new()
    {
        Kind = EventKind.Happened,
        Id = id,
        Name = "classify.value",
        Category = "event",
        Time = TimeProvider.System.GetUtcNow(),
        Value = value,
        Attributes = new Dictionary<string, object?> { ["sluice.tube.name"] = "quakes", ["number"] = 7, ["share"] = 0.5, ["true"] = true },
    };

    private ExporterActors FromHere() => ExporterActors.At(_here, ((ExtendedActorSystem)_here).Provider.ResolveActorRef(
        _original.Actor.Path.ToSerializationFormatWithAddress(Cluster.Cluster.Get(_there).SelfAddress)));

    private async Task<IEnumerable<string>> CopiesAsync() => (await _original.GetCopiesAsync()).Copies.Select(copy => copy.Context);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(s_patience);
        while (!await condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }
    }

    /// <summary>Cannot be written as JSON.</summary>
    private sealed class Uncanny
    {
        public Uncanny Self => this;

        public override string ToString() => "uncanny";
    }
}
