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
}
