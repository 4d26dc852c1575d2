using System.Diagnostics;
using System.Globalization;

namespace Sluice.Actors.Tests.Pools;

/// <summary>A program that is killed at random moments, again and again.</summary>
public sealed class KillNineSpecs : PoolSpecs
{
    private const int Kills = 20;

    [Fact]
    public async Task Pool_2_2_survives_kill_nine()
    {
        var random = new Random(9);
        Receiver.Misbehave = (context, lines) => random.Next(4) == 0 ? Misbehaviour.Status(503)(context, lines) : Task.FromResult(false);
        var acknowledged = 0;

        for (var kill = 0; kill < Kills; kill++)
        {
            acknowledged = await RunAndKillAsync(acknowledged + 1, acknowledgements: random.Next(1, 40));
        }

        Receiver.Misbehave = null;
        await RunToTheEndAsync(acknowledged + 1);

        var first = Receiver.Keys.Zip(Receiver.Items).DistinctBy(entry => entry.First).ToArray();
        var values = first.Select(entry => int.Parse(entry.Second, CultureInfo.InvariantCulture)).ToArray();
        values.Distinct().Order().ShouldBe(Enumerable.Range(1, values.Max()), "every acknowledged item has arrived");
        values.Max().ShouldBeGreaterThanOrEqualTo(acknowledged);
        first.Select(entry => long.Parse(entry.First["test:".Length..], CultureInfo.InvariantCulture)).ShouldBeInOrder();
        await using var journal = await Rig.JournalAsync();
        journal.Status.Sinks["http"].Pending.ShouldBe(0);
        journal.Status.Sinks["http"].Balances.ShouldBeTrue();
    }

    /// <summary>Runs the program until so many sends are acknowledged, kills it, and returns the last number that it may have sent.</summary>
    private async Task<int> RunAndKillAsync(int first, int acknowledgements)
    {
        using var program = Start(first, count: 0, drains: false);
        var last = first - 1;
        for (var line = 0; line < acknowledgements; line++)
        {
            last = int.Parse((await program.StandardOutput.ReadLineAsync().Within())!, CultureInfo.InvariantCulture);
        }

        program.Kill();
        while (await program.StandardOutput.ReadLineAsync().Within() is { } line && int.TryParse(line, out var more))
        {
            last = more;
        }

        await program.WaitForExitAsync().Within();
        return last;
    }

    private async Task RunToTheEndAsync(int first)
    {
        using var program = Start(first, count: 30, drains: true);
        try
        {
            (await program.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(90))).ShouldEndWith("left 0\n");
        }
        finally
        {
            program.Kill();
        }
    }

    private Process Start(int first, int count, bool drains)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var killable = Path.Combine(AppContext.BaseDirectory, "..", "..", "Killable", configuration, "Sluice.Killable.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[] { killable, Rig.Folder, Receiver.Url, $"{first}", $"{count}", drains ? "true" : "false" })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
