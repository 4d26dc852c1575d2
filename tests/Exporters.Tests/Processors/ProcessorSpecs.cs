using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Exporters.Events;
using Sluice.Exporters.Processing;
using Sluice.Exporters.Processors;
using Sluice.Exporters.Tests.Processing;

namespace Sluice.Exporters.Tests.Processors;

public sealed class ProcessorSpecs
{
    private static readonly RedactionSettings Secrets = new() { Keys = ["password", "token"], Replacement = "[gone]" };

    private static readonly ContextState Context = new()
    {
        Name = "run",
        Headers = new Dictionary<string, string> { ["X-Tenant"] = "clinic" },
        Values = new Dictionary<string, object?> { ["user"] = "ada" },
    };

    [Fact]
    public async Task Exporters_5_2_secret_attributes_are_replaced_at_any_depth_whatever_their_case()
    {
        var nested = new Dictionary<string, object?> { ["Token"] = "t", ["open"] = 1 };
        var item = Happenings.Moment().With(("PASSWORD", "p"), ("nested", nested), ("list", new[] { nested }), ("name", "n"));

        var redacted = await ProcessAsync(new RedactionProcessor<ExporterEvent>(Secrets), item);

        JsonSerializer.Serialize(redacted.Attributes).ShouldBe(
            """{"PASSWORD":"[gone]","nested":{"Token":"[gone]","open":1},"list":[{"Token":"[gone]","open":1}],"name":"n"}""");
        nested["Token"].ShouldBe("t");
    }

    [Fact]
    public async Task Exporters_5_2_values_of_events_are_redacted_too_be_they_dictionaries_or_JSON()
    {
        const string json = """{"token":"t","inner":[{"password":1}]}""";
        using var document = JsonDocument.Parse(json);
        var node = JsonNode.Parse(json);
        object?[] values = [document.RootElement, node, new Dictionary<string, string> { ["token"] = "t" }];

        foreach (var value in values)
        {
            var redacted = await ProcessAsync(new RedactionProcessor<ExporterEvent>(Secrets), Happenings.Moment(value: value));
            var text = JsonSerializer.Serialize(redacted.Value);
            text.ShouldContain("[gone]");
            text.ShouldNotContain("\"t\"");
        }

        node?.ToJsonString().ShouldBe(json);
    }

    [Theory]
    [InlineData("clinic", "[gone]")]
    [InlineData("shop", "p")]
    public async Task Exporters_5_2_a_header_can_decide(string tenant, string seen)
    {
        var redaction = new RedactionProcessor<ExporterEvent>(Secrets, When.Header<ExporterEvent>("x-tenant", value => value == tenant));

        (await ProcessAsync(redaction, Happenings.Moment().With(("password", "p")))).Attributes["password"].ShouldBe(seen);
    }

    [Theory]
    [InlineData("ada", "[gone]")]
    [InlineData("bob", "p")]
    public async Task Exporters_5_2_a_value_of_the_context_can_decide(string user, string seen)
    {
        var redaction = new RedactionProcessor<ExporterEvent>(Secrets, When.Value<ExporterEvent>("user", value => Equals(value, user)));

        (await ProcessAsync(redaction, Happenings.Moment().With(("password", "p")))).Attributes["password"].ShouldBe(seen);
    }

    [Fact]
    public async Task Exporters_5_2_any_predicate_can_decide()
    {
        var redaction = new RedactionProcessor<ExporterEvent>(Secrets, (happened, _) => happened.Category == "secret");

        (await ProcessAsync(redaction, Happenings.Moment().With(("password", "p")))).Attributes["password"].ShouldBe("p");
    }

    [Fact]
    public async Task Exporters_5_2_an_item_that_could_not_be_redacted_is_never_seen()
    {
        var exporter = new Collector<ExporterEvent, ExporterEvent>(new ContextState { Name = "run", Events = new EventStream() });
        exporter.AddProcessor(new RedactionProcessor<ExporterEvent>(Secrets, (_, _) => throw new InvalidOperationException("broken")));
        await using (await exporter.StartAsync())
        {
            exporter.Put(Happenings.Moment().With(("password", "p")));
        }

        await exporter.WaitForTasksAsync(Deadline.Length).Within();

        exporter.Items.ShouldBeEmpty();
        exporter.Counters.Dropped.ShouldBe(1);
    }

    [Fact]
    public async Task Exporters_5_3_tags_are_fixed_or_computed_and_never_hide_what_is_there()
    {
        var item = Happenings.Moment().With(("site", "own"));
        var computed = new Dictionary<string, Func<ExporterEvent, ContextState, object?>>
        {
            ["run"] = (_, context) => context.Name,
            ["nothing"] = (_, _) => null,
        };

        item = await ProcessAsync(new TaggingProcessor<ExporterEvent>(new Dictionary<string, object?> { ["site"] = "x", ["stage"] = "test" }), item);
        item = await ProcessAsync(new TaggingProcessor<ExporterEvent>(computed), item);

        JsonSerializer.Serialize(item.Attributes).ShouldBe("""{"site":"own","stage":"test","run":"run"}""");
    }

    [Fact]
    public async Task Exporters_5_3_what_says_nothing_is_filtered()
    {
        object?[] items = ["", "  ", null, new List<int>(), new Dictionary<string, int>(), "text", new[] { 1 }];
        var filter = new EmptyFilter<object>();

        var kept = new List<object?>();
        foreach (var item in items)
        {
            kept.Add(await filter.ProcessAsync(item!, Context, CancellationToken.None));
        }

        kept.ShouldBe([null, null, null, null, null, "text", items[6]]);
    }

    [Fact]
    public async Task Exporters_5_3_an_item_becomes_a_line_of_JSON()
    {
        var item = Happenings.Moment("n1", value: "two\nlines");

        var line = await ((IProcessor<ExporterEvent, string>)new JsonLineProcessor<ExporterEvent>()).ProcessAsync(item, Context, CancellationToken.None);

        line.ShouldBe(
            """{"kind":"happened","id":"n1","name":"name of n1","category":"node","time":"2026-01-01T00:00:00+00:00","value":"two\nlines","attributes":{}}""");
    }

    [Fact]
    public void Exporters_5_3_indented_JSON_is_no_line() =>
        Should.Throw<ArgumentException>(() => new JsonLineProcessor<string>(new JsonSerializerOptions { WriteIndented = true }));

    private static async Task<T> ProcessAsync<T>(IProcessor<T, T> processor, T item) =>
        await processor.ProcessAsync(item, Context, CancellationToken.None) ?? throw new InvalidOperationException("The item was dropped.");
}
