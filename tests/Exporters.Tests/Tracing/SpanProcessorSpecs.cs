using Sluice.Exporters.Events;
using Sluice.Exporters.Tests.Processing;
using Sluice.Exporters.Tracing;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests.Tracing;

public sealed class SpanProcessorSpecs : IDisposable
{
    private const ulong NewYear2026 = 1_767_225_600_000_000_000;

    private readonly RecordingLog _log = new();
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Exporters_5_4_a_start_and_its_end_become_one_span_with_parent_attributes_and_times()
    {
        var spans = await SpansOf(
            Happenings.Begin("run"),
            Happenings.Begin("node", parent: "run", at: 1).With(("in", 1), ("both", "start")),
            Happenings.End("node", at: 1.5, error: "broken").With(("out", 2), ("both", "end")),
            Happenings.End("run", at: 2));

        var (node, run) = (spans[0], spans[1]);
        (node.Name, node.Error, node.ParentSpanId).ShouldBe(("name of node", "broken", run.SpanId));
        (node.StartTimeUnixNano, node.EndTimeUnixNano).ShouldBe((NewYear2026 + 1_000_000_000, NewYear2026 + 1_500_000_000));
        node.Attributes.ShouldBe(
            new Dictionary<string, object?> { ["in"] = 1, ["both"] = "end", ["sluice.category"] = "node", ["out"] = 2 }, ignoreOrder: true);
        (run.ParentSpanId, run.Error, run.Unfinished).ShouldBe((null, null, false));
    }

    [Fact]
    public async Task Exporters_5_4_all_spans_of_a_run_are_one_trace_and_another_runs_are_another()
    {
        var first = await SpansOf(Happenings.Begin("a"), Happenings.End("a"), Happenings.Begin("b"), Happenings.End("b"));
        var second = await SpansOf(Happenings.Begin("a"), Happenings.End("a"));

        first.Select(span => span.TraceId).Distinct().Count().ShouldBe(1);
        second[0].TraceId.ShouldNotBe(first[0].TraceId);
        first[0].SpanId.ShouldNotBe(first[1].SpanId);
    }

    [Fact]
    public async Task Exporters_5_4_a_moment_becomes_an_event_of_the_span_around_it()
    {
        var spans = await SpansOf(Happenings.Begin("node"), Happenings.Moment("emit", parent: "node").With(("n", 1)), Happenings.End("node"));

        var within = spans.Single().Events.Single();
        (within.Name, within.TimeUnixNano, within.Attributes["n"]).ShouldBe(("name of emit", NewYear2026, (object?)1));
    }

    [Fact]
    public async Task Exporters_5_4_an_unmatched_end_is_counted_and_logged()
    {
        var processor = new SpanProcessor(_log);

        (await SpansOf(processor, Happenings.End("stranger"))).ShouldBeEmpty();

        processor.Unmatched.ShouldBe(1);
        _log.Warnings.ShouldBe(["No span is open for the event Ended of 'name of stranger' (stranger) in 'run'; it is left out"]);
    }

    [Fact]
    public async Task Exporters_5_4_spans_still_open_at_cleanup_are_ended_exported_and_marked()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));

        var spans = await SpansOf(Happenings.Begin("run"), Happenings.Begin("node", parent: "run"));

        spans.Select(span => (span.Name, span.Unfinished, span.EndTimeUnixNano)).ShouldBe(
            [("name of node", true, NewYear2026 + 10_000_000_000), ("name of run", true, NewYear2026 + 10_000_000_000)]);
        spans.ShouldAllBe(span => Equals(span.Attributes["sluice.unfinished"], true));
        spans[0].ParentSpanId.ShouldBe(spans[1].SpanId);
    }

    [Fact]
    public async Task A_clock_that_went_back_gives_a_span_of_no_length()
    {
        var spans = await SpansOf(Happenings.Begin("a", at: 5), Happenings.End("a", at: 4));

        spans.Single().EndTimeUnixNano.ShouldBe(spans.Single().StartTimeUnixNano);
    }

    private Task<List<Span>> SpansOf(params ExporterEvent[] happenings) => SpansOf(new SpanProcessor(_log), happenings);

    private async Task<List<Span>> SpansOf(SpanProcessor processor, params ExporterEvent[] happenings)
    {
        var exporter = new Collector<ExporterEvent, Span>(new ContextState { Name = "run", Events = new EventStream() }, time: _clock);
        exporter.AddProcessor(processor);
        await using (await exporter.StartAsync())
        {
            Array.ForEach(happenings, exporter.Put);
        }

        await exporter.WaitForTasksAsync(Deadline.Length).Within();
        return [.. exporter.Items];
    }
}
