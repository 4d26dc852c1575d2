using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.Otlp;
using Sluice.Exporters.Tracing;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class OtlpSinkSpecs : IAsyncLifetime, IDisposable
{
    private static readonly ActivityTraceId Trace = ActivityTraceId.CreateRandom();

    private readonly SinkServices _services = new() { Time = new TestClock() };
    private Receiver _collector = null!;

    public async Task InitializeAsync() => _collector = await Receiver.StartAsync();

    public async Task DisposeAsync() => await _collector.DisposeAsync();

    public void Dispose() => _services.Dispose();

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    public async Task Exporters_7_spans_reach_a_collector_with_parents_times_errors_and_attributes(string compression)
    {
        var parent = NewSpan("run");
        var child = NewSpan("node") with
        {
            ParentSpanId = parent.SpanId,
            Error = "broken",
            Attributes = new Dictionary<string, object?>
            {
                ["text"] = "größe",
                ["whole"] = -3,
                ["real"] = 1.5,
                ["truth"] = true,
                ["nothing"] = null,
                ["list"] = new object[] { 1, "two" },
                ["nested"] = new Dictionary<string, object?> { ["a"] = 1 },
            },
            Events = [new SpanEvent(15, "emit", new Dictionary<string, object?> { ["n"] = 1 })],
        };

        var outcomes = await SendAsync($"resource-attributes {{ env = test }}, compression = {compression}", [ItemOf(1, parent), ItemOf(2, child)]);

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        var request = _collector.Requests.Single();
        (request.Path, request.Headers["Content-Type"]).ShouldBe(("/v1/traces", "application/x-protobuf"));
        var frame = new Proto(request.Body)[1];
        frame[1].KeyValues(1).ShouldBe(new Dictionary<string, object?> { ["service.name"] = "sluice", ["env"] = "test" });
        frame[2][1].Text(1).ShouldBe("sluice");
        var (run, node) = (frame[2].All(2)[0], frame[2].All(2)[1]);
        (run.Hex(1), run.Text(5), run.Has(4), run.Has(15)).ShouldBe((Trace.ToHexString(), "run", false, false));
        (node.Hex(4), node.Hex(2), node.Fixed(7), node.Fixed(8)).ShouldBe((run.Hex(2), child.SpanId.ToHexString(), 10UL, 20UL));
        (node[15].Text(2), node[15].Whole(3)).ShouldBe(("broken", 2));
        JsonSerializer.Serialize(node.KeyValues(9)).ShouldBe(
            """{"text":"gr\u00F6\u00DFe","whole":-3,"real":1.5,"truth":true,"nothing":null,"list":[1,"two"],"nested":{"a":1}}""");
        (node[11].Fixed(1), node[11].Text(2)).ShouldBe((15UL, "emit"));
    }

    [Fact]
    public async Task Exporters_7_any_item_is_a_log_record_with_its_origin()
    {
        var item = Items.Json(1, """{"magnitude":6.1}""") with
        {
            Origin = new SinkOrigin(Pool: "quakes", Node: "classify", TraceId: Trace.ToHexString(), Time: DateTimeOffset.UnixEpoch.AddSeconds(1)),
            Arguments = new Dictionary<string, string> { ["region"] = "Chile" },
        };

        await SendAsync("signal = logs", [item, Items.Json(2, "hello") with { ContentType = "text/plain" }]);

        var request = _collector.Requests.Single();
        request.Path.ShouldBe("/v1/logs");
        var records = new Proto(request.Body)[1][2].All(2);
        (records[0].Fixed(1), records[0].Hex(9)).ShouldBe((1_000_000_000UL, Trace.ToHexString()));
        JsonSerializer.Serialize(Proto.AnyValue(records[0][5])).ShouldBe("""{"magnitude":6.1}""");
        records[0].KeyValues(6).ShouldBe(new Dictionary<string, object?>
        {
            ["sluice.key"] = "pool-1",
            ["sluice.pool"] = "quakes",
            ["sluice.node"] = "classify",
            ["region"] = "Chile",
        });
        Proto.AnyValue(records[1][5]).ShouldBe("hello");
    }

    [Fact]
    public async Task An_item_that_is_no_span_can_never_be_one_and_does_not_hold_up_the_others()
    {
        var outcomes = await SendAsync("", [Items.Json(1, """{"a":1}"""), ItemOf(2, NewSpan("run")), Items.Json(3, "{torn")]);

        outcomes[0].ShouldBeOfType<SinkOutcome.Undeliverable>().ErrorClass.ShouldBe("not-a-span");
        outcomes[1].ShouldBeOfType<SinkOutcome.Delivered>();
        outcomes[2].ShouldBeOfType<SinkOutcome.Undeliverable>().ErrorClass.ShouldBe("invalid-json");
        new Proto(_collector.Requests.Single().Body)[1][2].All(2).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(2, "RefusedTogether")]
    [InlineData(1, "Undeliverable")]
    public async Task A_collector_that_rejects_some_is_not_taken_for_one_that_has_all(int sent, string outcome)
    {
        _collector.Answer = (context, _) => context.Response.Body.WriteAsync(PartialSuccess(1, "too old")).AsTask();

        var outcomes = await SendAsync("", [.. Enumerable.Range(1, sent).Select(number => ItemOf(number, NewSpan("s")))]);

        outcomes.ShouldAllBe(told => told.GetType().Name == outcome);
    }

    [Theory]
    [InlineData(503, "RetryLater")]
    [InlineData(400, "Undeliverable")]
    public async Task A_collector_that_fails_is_judged_by_its_status(int status, string outcome)
    {
        _collector.Answer = Receiver.Status(status, "Retry-After", "3");

        (await SendAsync("", [ItemOf(1, NewSpan("s"))])).Single().GetType().Name.ShouldBe(outcome);
    }

    private static Span NewSpan(string name) => new()
    {
        TraceId = Trace,
        SpanId = ActivitySpanId.CreateRandom(),
        Name = name,
        StartTimeUnixNano = 10,
        EndTimeUnixNano = 20,
    };

    private static SinkItem ItemOf(int number, Span span) =>
        new() { Key = $"pool-{number}", Payload = SpanJson.Write(span), ContentType = SpanJson.ContentType };

    private static byte[] PartialSuccess(long rejected, string message)
    {
        using var inner = new MemoryStream();
        using (var output = new CodedOutputStream(inner, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.Varint);
            output.WriteInt64(rejected);
            output.WriteTag(2, WireFormat.WireType.LengthDelimited);
            output.WriteString(message);
        }

        using var outer = new MemoryStream();
        using (var output = new CodedOutputStream(outer, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(inner.ToArray()));
        }

        return outer.ToArray();
    }

    private async Task<IReadOnlyList<SinkOutcome>> SendAsync(string section, IReadOnlyList<SinkItem> items)
    {
        await using var sink = Configured.Sink<OtlpSinkSettings>("otlp", $"url = \"{_collector.Url}\"\n{section}").Open(_services);
        return await sink.SendAsync(items, CancellationToken.None).Within();
    }
}
