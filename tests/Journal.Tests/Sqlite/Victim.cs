using System.Diagnostics;
using System.Globalization;

namespace Sluice.Journal.Tests.Sqlite;

/// <summary>A process that works on the journal of the pool "victim" until it is killed, and what it managed to say.</summary>
internal sealed class Victim(string folder, string mode, params string[] database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Numbers of appends that were acknowledged.</summary>
    public HashSet<long> Appended { get; } = [];

    /// <summary>Numbers of items whose delivery was acknowledged.</summary>
    public HashSet<long> Delivered { get; } = [];

    /// <summary>Runs it until it has said so many lines, and kills it so much later.</summary>
    public async Task RunAndKillAsync(int lines, TimeSpan pause)
    {
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Sluice.Journal.Victim.dll"), folder, mode, .. database];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true }).ShouldNotBeNull();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            for (var line = 0; line < lines; line++)
            {
                Take((await process.StandardOutput.ReadLineAsync(patience.Token)).ShouldNotBeNull());
            }

            await Task.Delay(pause, TimeProvider.System, patience.Token);
            process.Kill();
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                Take(line);
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(patience.Token);
        }
    }

    // The last line may be cut short by the kill; its number is then another's, but a smaller one's, which was said before.
    private void Take(string line)
    {
        if (line.Split(' ') is [var kind, var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var number))
        {
            (kind == "+" ? Appended : Delivered).Add(number);
        }
    }
}
