using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Elasticsearch;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class ElasticsearchSinkSpecs : IAsyncLifetime, IDisposable
{
    private readonly SinkServices _services = new();
    private readonly BulkEndpoint _cluster = new();
    private Receiver _receiver = null!;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.StartAsync();
        _receiver.Answer = _cluster.AnswerAsync;
    }

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Exporters_7_items_become_documents_with_their_key_as_id()
    {
        var outcomes = await SendAsync("index = quakes", Items.Of("""{"number":1}""", "[1,2]", "{\n\"a\": 1 }"));

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        _cluster.Documents.OrderBy(document => document.Key, StringComparer.Ordinal).Select(document => (document.Key, document.Value)).ShouldBe(
            [("quakes/pool-1", """{"number":1}"""), ("quakes/pool-2", """{"value":[1,2]}"""), ("quakes/pool-3", """{"a":1}""")]);
    }

    [Fact]
    public async Task What_is_sent_twice_is_there_once()
    {
        await SendAsync("index = quakes", Items.Numbered(2));
        var again = await SendAsync("index = quakes", Items.Numbered(2));

        again.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        _cluster.Documents.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pool_3_6_each_item_has_the_outcome_that_the_answer_gives_it()
    {
        _cluster.Busy.Add("pool-3");

        var outcomes = await SendAsync("index = quakes", Items.Of("""{"number":1}""", """{"number":"x"}""", """{"number":3}""", "{torn", """{"number":5}"""));

        outcomes[0].ShouldBeOfType<SinkOutcome.Delivered>();
        var refused = outcomes[1].ShouldBeOfType<SinkOutcome.Undeliverable>();
        refused.ErrorClass.ShouldBe("document_parsing_exception");
        refused.Reason.ShouldBe("The document was refused with 400 document_parsing_exception: failed to parse field [number] of type [long]");
        outcomes[2].ShouldBeOfType<SinkOutcome.RetryLater>();
        outcomes[3].ShouldBeOfType<SinkOutcome.Undeliverable>();
        outcomes[4].ShouldBeOfType<SinkOutcome.Delivered>();
    }

    [Fact]
    public async Task The_index_can_be_chosen_by_the_item()
    {
        var items = Items.Numbered(2);
        items = [items[0] with { Arguments = new Dictionary<string, string> { ["region"] = "chile" } }, items[1]];

        var outcomes = await SendAsync("index = \"quakes-{region}\"", items);

        _cluster.Documents.Keys.ShouldBe(["quakes-chile/pool-1"]);
        outcomes[1].ShouldBeOfType<SinkOutcome.Undeliverable>().Reason.ShouldBe("The item says nothing about 'region', which the index quakes-{region} needs.");
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("""{"items":[]}""")]
    [InlineData("""{"items":[{}]}""")]
    public async Task An_answer_that_cannot_be_understood_confirms_nothing(string answer)
    {
        _receiver.Answer = Receiver.Status(200, body: answer);

        (await SendAsync("index = quakes", Items.Numbered(1))).Single().ShouldBeOfType<SinkOutcome.RetryLater>();
    }

    [Fact]
    public async Task A_cluster_that_is_down_is_tried_again_later()
    {
        _receiver.Answer = Receiver.Status(503);

        (await SendAsync("index = quakes", Items.Numbered(2))).ShouldAllBe(outcome => outcome is SinkOutcome.RetryLater);
    }

    [Theory]
    [InlineData("", "index")]
    [InlineData("index = \"quakes-{region\"", "index")]
    public void An_index_that_cannot_work_is_an_error_at_construction(string section, string key) =>
        Should.Throw<SinkSettingsException>(() => Open(section)).Key.ShouldBe(key);

    private ISink Open(string section) =>
        Configured.Sink<ElasticsearchSinkSettings>("elasticsearch", $"url = \"{_receiver.Url}\"\n{section}").Open(_services);

    private async Task<IReadOnlyList<SinkOutcome>> SendAsync(string section, IReadOnlyList<SinkItem> items)
    {
        await using var sink = Open(section);
        return await sink.SendAsync(items, CancellationToken.None).Within();
    }
}
