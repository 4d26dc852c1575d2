namespace Sluice.Host.Tests.Observing;

public sealed class OtlpSpecs
{
    [Theory]
    [InlineData("sync")]
    [InlineData("async")]
    public async Task Traces_5_4_a_run_is_one_trace_of_run_epoch_and_node_spans_with_parents_errors_and_attributes(string runner)
    {
        await using var collector = await Collector.StartAsync();
        await using var program = RunningSluice.Start("Greet", limit: 5, "--otlp", collector.Address, "--runner", runner);

        (await program.ExitAsync()).ShouldBe(1);

        var spans = collector.Spans;
        spans.Select(span => span.Trace).Distinct().ShouldHaveSingleItem();
        spans.ShouldAllBe(span => span.Service == "sluice" && span.End >= span.Start);
        var run = spans.Single(span => span.Name == "run hello");
        run.Parent.ShouldBe("");
        var epochs = spans.Where(span => span.Name == "epoch hello").ToList();
        epochs.ShouldAllBe(epoch => epoch.Parent == run.Id && epoch.Attributes["sluice.tube.name"] == "hello");
        var first = epochs.Single(epoch => epoch.Attributes["sluice.tube.epoch"] == "0");
        first.Status.ShouldBe(0UL);
        spans.Where(span => span.Parent == first.Id).Select(span => span.Name).ShouldBe(["node count", "node greet", "node return"], ignoreOrder: true);

        var failed = spans.Single(span => span.Name == "node greet" && span.Status == 2);
        failed.Message.ShouldBe("unlucky");
        failed.Events.ShouldBe(["exception"]);
        failed.Attributes["error.type"].ShouldBe("System.InvalidOperationException");
        (failed.Attributes["sluice.node.id"], failed.Attributes["sluice.tube.epoch"]).ShouldBe(("greet", "2"));
        epochs.Single(epoch => epoch.Id == failed.Parent).Status.ShouldBe(2UL);
        run.Status.ShouldBe(2UL);
    }

    [Fact]
    public async Task Traces_5_4_a_run_that_ends_with_its_source_has_no_error_and_its_metrics_arrive()
    {
        await using var collector = await Collector.StartAsync();
        await using var program = RunningSluice.Start("Greet", limit: 2, "--otlp", collector.Address);

        (await program.ExitAsync()).ShouldBe(0);

        collector.Spans.ShouldAllBe(span => span.Status == 0);
        collector.Metrics.ShouldContain(("sluice.tube.run.duration", "s", "sluice"));
        collector.Metrics.ShouldContain(("sluice.node.events", "{event}", "sluice"));
        collector.Metrics.Select(metric => metric.Name).ShouldContain("dotnet.gc.collections");
    }

    [Fact]
    public async Task The_last_metrics_are_sent_once()
    {
        var config = new Dictionary<string, string> { ["rare.conf"] = "sluice.telemetry { metrics-interval = 1h, flush-timeout = 60s }" };
        await using var collector = await Collector.StartAsync();
        await using var program = RunningSluice.Start("Greet", limit: 2, config, "--config", "rare.conf", "--otlp", collector.Address);

        (await program.ExitAsync()).ShouldBe(0);

        // Each attempt may take as long as flush-timeout says: a second one would double what the end of a run waits.
        collector.Metrics.Count(metric => metric.Name == "sluice.tube.run.duration").ShouldBe(1);
    }

    [Fact]
    public async Task A_collector_that_is_not_there_costs_the_run_nothing_and_is_said_at_the_end()
    {
        await using var program = RunningSluice.Start("Greet", limit: 2, "--otlp", "http://127.0.0.1:9");

        (await program.ErrorAsync("has not taken")).ShouldStartWith("The collector at http://127.0.0.1:9 has not taken 11 of 11 spans");
        (await program.ExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_address_that_is_none_is_wrong_usage()
    {
        await using var program = RunningSluice.Start("Greet", limit: 2, "--otlp", "localhost:4318");

        (await program.ErrorAsync("--otlp")).ShouldBe("sluice: --otlp is 'localhost:4318': give the collector's address, such as http://127.0.0.1:4318.");
        (await program.ExitAsync()).ShouldBe(2);
    }
}
