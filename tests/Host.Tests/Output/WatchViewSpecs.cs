using Sluice.Host.Output;
using Sluice.Instruments.Sampling;
using Spectre.Console;

namespace Sluice.Host.Tests.Output;

public sealed class WatchViewSpecs
{
    private static readonly RunProgress s_progress = new(
        TimeSpan.FromSeconds(2), 10, 2_000, 9, [new SinkProgress("archive", 7, 2, 0, "no space left")])
    {
        Nodes = [("parse", new NodeSample("etl", "parse", 1_234, TimeSpan.FromMilliseconds(1.5), 1.9, 3, 2)), ("join", null)],
    };

    [Fact]
    public async Task Instruments_3_the_watched_run_shows_nodes_epochs_queues_times_events_per_second_and_what_sinks_are_owed()
    {
        var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(written),
        });
        console.Profile.Width = 120;
        var view = new WatchView(console);

        view.Progress(s_progress with { Elapsed = TimeSpan.FromSeconds(1), Events = 1_500 });
        view.Progress(s_progress);
        view.Returned("9", "last");
        view.Ended([], new RunOutcome(s_progress, false, []));
        await view.DisposeAsync();

        var text = written.ToString();
        text.ShouldContain("00:00:02  10 epochs, 2,000 events (500 events/s), 9 values returned");
        text.ShouldContain("│ parse │   1,234 │ 1.50 ms │     1.9 │     3.0 │      2 │");
        text.ShouldContain("│ join  │       - │       - │       - │       - │      - │");
        text.ShouldContain("│ archive │    7 │    2 │    0 │ no space left │");
        text.ShouldContain("Done: 10 epochs");
    }

    [Fact]
    public void Where_there_is_no_terminal_the_watched_run_writes_plain_lines()
    {
        var written = new StringWriter();
        var view = new PlainView(written, nodes: true);

        view.Progress(s_progress);

        written.ToString().ShouldBe(
            """
            10 epochs, 2,000 events (1,000 events/s), 9 values returned; archive: 7 sent, 2 owed (no space left)
              parse: 1,234 calls/s, 1.50 ms each, 1.9 at work, 3.0 waiting, 2 failed
              join: not called yet

            """);
    }
}
