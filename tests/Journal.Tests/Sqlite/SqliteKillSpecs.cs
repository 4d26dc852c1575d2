using System.Diagnostics;
using System.Globalization;
using Sluice.Journal.Contract;

namespace Sluice.Journal.Tests.Sqlite;

/// <summary>A process that works on the journal is killed at random moments, again and again. SLUICE_KILLS sets how often (10 by default).</summary>
public sealed class SqliteKillSpecs : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly HashSet<long> _appended = [];
    private readonly HashSet<long> _delivered = [];

    private static int Kills => int.Parse(Environment.GetEnvironmentVariable("SLUICE_KILLS") ?? "10", CultureInfo.InvariantCulture);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pool_2_2_kill_nine_loses_nothing_that_was_acknowledged()
    {
        var random = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            await RunAndKillAsync(random.Next(1, 400));

            await using var journal = await Journals.OpenAsync("victim", TestSettings.In(_folder.Path), TimeProvider.System, CancellationToken.None);
            journal.Opening.Recovery.ShouldBeNull();
            await journal.ShouldBeSound();
            var owedToA = (await journal.Read("a", max: int.MaxValue)).Select(item => item.Key.Sequence).ToHashSet();
            var owedToB = (await journal.Read("b", max: int.MaxValue)).Select(item => item.Key.Sequence).ToHashSet();
            _appended.Except(owedToB).ShouldBeEmpty($"kill {kill}: acknowledged, and lost");
            _delivered.Intersect(owedToA).ShouldBeEmpty($"kill {kill}: delivered, and owed again");
            owedToB.Count.ShouldBe((int)journal.Status.LastSequence, "numbers have no gaps");
        }

        _appended.Count.ShouldBeGreaterThan(Kills);
    }

    /// <summary>Lets the victim acknowledge so many calls more, then kills it and takes in all that it managed to say.</summary>
    private async Task RunAndKillAsync(int lines)
    {
        using var victim = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Sluice.Journal.Victim.dll"), _folder.Path])
        {
            RedirectStandardOutput = true,
        }).ShouldNotBeNull();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            for (var count = 0; await victim.StandardOutput.ReadLineAsync(patience.Token) is { } line; count++)
            {
                Take(line);
                if (count == lines)
                {
                    victim.Kill();
                }
            }
        }
        finally
        {
            victim.Kill();
            await victim.WaitForExitAsync(patience.Token);
        }
    }

    // The last line may be cut short: its number would be another's, so only a complete one counts.
    private void Take(string line)
    {
        if (line.Split(' ') is [var kind, var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            (kind == "+" ? _appended : _delivered).Add(number);
        }
    }
}
