namespace Sluice.Acceptance.Tests;

/// <summary>Ctrl-C.</summary>
public sealed class StopSpecs
{
    [Fact]
    public async Task Ctrl_C_stops_an_endless_run_and_says_what_is_still_owed()
    {
        using var endless = new EndlessRun();
        await using var program = await endless.StartAsync();

        await program.InterruptAsync();
        var exitCode = await program.ExitAsync();

        exitCode.ShouldBe(0);
        program.Output.ShouldContain(line => line.StartsWith("Stopped after", StringComparison.Ordinal));
        program.Output.ShouldContain(line => line.Contains("http: 0 sent", StringComparison.Ordinal) && line.Contains("owed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sync")]
    [InlineData("async")]
    public async Task Ctrl_C_does_not_wait_for_a_node_that_never_comes_back(string runner)
    {
        using var folder = new TemporaryFolder();
        folder.Write("nodes.cs", """
            public static class Stuck
            {
                public static IEnumerable<int> Count()
                {
                    yield return 7;
                    Thread.Sleep(Timeout.Infinite);
                }
            }
            """);
        folder.Write("tube.yaml", "tube: stuck\nnodes:\n  count: { type: Stuck.Count }\n  return: { type: return, depends: count.value }\n");
        await using var program = SluiceProcess.Start(folder.Path, "run", "tube.yaml", "--runner", runner);
        await program.LineAsync(line => line is "0  7");

        await program.InterruptAsync();

        (await program.ExitAsync()).ShouldBe(0);
        program.Output.ShouldContain(line => line.StartsWith("Stopped after 1 epochs", StringComparison.Ordinal));
    }
}
