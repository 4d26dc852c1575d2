namespace Sluice.Host.Tests.Observing;

public sealed class FlightReportSpecs
{
    private const string Said = "A flight recorder's report is in ";

    [Fact]
    public async Task Instruments_5_a_failing_node_and_its_actor_are_written_down_with_their_last_messages_mailbox_and_parents()
    {
        await using var program = RunningSluice.Start("Greet", limit: 5, "--recorder", "reports");

        var node = await File.ReadAllTextAsync((await program.ErrorAsync(Said))[Said.Length..]);
        var actor = await File.ReadAllTextAsync((await program.ErrorAsync(Said))[Said.Length..]);
        (await program.ExitAsync()).ShouldBe(1);

        node.ShouldContain(": greet failed with InvalidOperationException\nSystem.InvalidOperationException: unlucky\n");
        node.ShouldContain("\ngreet (node): last ");
        node.ShouldContain("NodeError 2 InvalidOperationException: unlucky");
        node.ShouldContain("\nparent hello (tube): last ");
        actor.ShouldContain("/greet failed with NodeFailedException");
        actor.ShouldContain("NodeFailedException: hello: the node greet failed in epoch 2 with number=3: unlucky");
        actor.ShouldContain("/greet (NodeActor): last ");
        actor.ShouldContain(" TaskBeforeSend ");
        actor.ShouldContain("\nparent sluice://sluice/user/tube-");
    }

    [Fact]
    public async Task Instruments_5_a_run_that_is_stuck_is_written_down_with_what_is_in_hand()
    {
        var config = new Dictionary<string, string> { ["observe.conf"] = "sluice.flight-recorder { enabled = on, stuck-after = 300ms, folder = stuck }" };
        await using var program = RunningSluice.Start("Wait", limit: 1, config, "--config", "observe.conf");

        // On a slow machine a run may look stuck before it has come to its node: that is another report.
        string report;
        do
        {
            (await program.ErrorAsync("Nothing has happened")).ShouldBe("Nothing has happened for 0.3 s.");
            report = await File.ReadAllTextAsync((await program.ErrorAsync(Said))[Said.Length..]);
        }
        while (!report.Contains("\nIn hand\n  greet in epoch 0, called ", StringComparison.Ordinal));
        program.Go();

        (await program.ExitAsync()).ShouldBe(0);
        report.ShouldContain("\nhello (tube): last ");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_said_before_the_run_begins()
    {
        var files = new Dictionary<string, string> { ["reports"] = "a file where the folder should be" };
        await using var program = RunningSluice.Start("Greet", limit: 5, files, "--recorder", "reports");

        (await program.ErrorAsync("sluice: ")).ShouldStartWith("sluice: The flight recorder cannot write into 'reports' (");
        (await program.ExitAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task An_empty_folder_is_wrong_usage()
    {
        await using var program = RunningSluice.Start("Greet", limit: 5, "--recorder", "");

        (await program.ErrorAsync("sluice: ")).ShouldBe("sluice: --recorder is empty: give the folder that reports are written into.");
        (await program.ExitAsync()).ShouldBe(2);
    }
}
