using System.Diagnostics;
using System.Text.RegularExpressions;
using Sluice.Host.Observing;

namespace Sluice.Host.Tests.Observing;

/// <summary>Collectors that misbehave: the run goes on as if nothing were wrong, ends, and says in one sentence what was lost.</summary>
public sealed partial class CollectorTroubleSpecs
{
    public static TheoryData<string> Misbehaviours =>
    [
        "answers 503 with Retry-After",
        "resets the connection in the middle of the body",
        "has a certificate that nobody trusts",
        "accepts and never answers",
    ];

    [Theory]
    [MemberData(nameof(Misbehaviours))]
    public async Task Traces_5_4_a_collector_that_misbehaves_costs_the_run_nothing_and_what_is_lost_is_counted_in_one_sentence(string how)
    {
        await using var collector = await MisbehavingCollector.StartAsync(how);
        var config = new Dictionary<string, string>
        {
            ["quick.conf"] = $$"""
                sluice.telemetry.flush-timeout = 1s
                sluice.exporters.spans { type = otlp, url = "{{collector.Address}}/", timeout = 1s, observe.flush-timeout = 2s }
                """,
        };
        await using var program = RunningSluice.Start("Greet", limit: 2, config, "--config", "quick.conf", "--otlp", collector.Address);

        (await program.ExitAsync()).ShouldBe(0);

        var said = await program.ErrorsAsync();
        said.Where(line => line.Contains("has not taken", StringComparison.Ordinal)).ShouldBe(
            [$"The collector at {collector.Address} has not taken 11 of 11 spans: is it there, and is sluice.telemetry.max-spans = 65536 enough?"]);
        var lost = Lost().Match(said.Single(line => line.Contains("has lost", StringComparison.Ordinal)));
        lost.Groups[1].Value.ShouldNotBe("0");
        (await program.Output).ShouldContain("hello, 2");
    }

    [Fact]
    public async Task Traces_5_4_a_slow_collector_gets_every_span()
    {
        await using var collector = await Collector.StartAsync(delay: TimeSpan.FromMilliseconds(700));
        var patient = new Dictionary<string, string> { ["patient.conf"] = "sluice.telemetry.flush-timeout = 60s" };
        await using var program = RunningSluice.Start("Greet", limit: 2, patient, "--config", "patient.conf", "--otlp", collector.Address);

        (await program.ExitAsync()).ShouldBe(0);

        collector.Spans.Count.ShouldBe(11);
        (await program.ErrorsAsync()).Where(line => line.Contains("has not taken", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Traces_5_4_spans_that_are_on_their_way_to_a_slow_collector_at_the_end_are_waited_for()
    {
        var source = $"late {Guid.NewGuid():N}";
        await using var collector = await Collector.StartAsync(delay: TimeSpan.FromMilliseconds(2500), metrics: TimeSpan.Zero);
        using var export = new OtlpExport(ObservationPlan.Read(null).Telemetry with
        {
            Otlp = collector.Address,
            Sources = [source],
            Meters = [source],
            FlushTimeout = RunningSluice.Deadline,
        });
        using (var activities = new ActivitySource(source))
        {
            activities.StartActivity("all there is")!.Dispose();
        }

        // Nothing is left to be sent, and the answer to what was sent is not there yet, nor will it be within a second.
        await collector.SpansAsync(1);

        (await export.CompleteAsync()).ShouldBeNull();
    }

    [GeneratedRegex("^The exporter spans has lost ([0-9,]+) events and delivered 0: ")]
    private static partial Regex Lost();
}
