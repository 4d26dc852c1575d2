using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Xunit.Abstractions;

namespace Sluice.Actors.Tests.Pools.Kills;

/// <summary>A program with a pool that is killed at moments drawn by a seed, again and again, in one folder and towards one receiver.</summary>
/// <param name="log">Gets the moments.</param>
/// <param name="seed">Draws the moments.</param>
public abstract class KilledPool(ITestOutputHelper log, int seed) : PoolSpecs
{
    private const int Kills = 30;
    private const int NumbersOfARun = 100_000;
    private readonly Random _moments = new(seed);
    private readonly Random _moods = new(seed);
    private readonly HashSet<int> _promised = [];
    private bool _isInMemory;

    /// <summary>Whether the program moves its unsent data to memory and back.</summary>
    private protected virtual bool Switches => false;

    /// <summary>Numbers that were acknowledged and have to arrive.</summary>
    private protected IReadOnlySet<int> Promised => _promised;

    /// <summary>How many numbers were acknowledged, also those that a process took with it because they were in memory only.</summary>
    private protected int Acknowledged { get; private set; }

    /// <summary>What has arrived, by key, in order of its first arrival.</summary>
    private protected (string Key, int Value)[] Arrived =>
        [.. Receiver.Keys.Zip(Receiver.Items).DistinctBy(entry => entry.First).Select(entry => (entry.First, int.Parse(entry.Second, CultureInfo.InvariantCulture)))];

    /// <summary>Kills the program again and again; each run sends numbers of its own, so that a number that comes under two keys is found.</summary>
    /// <param name="whenLeftAlone">How the receiver misbehaves in the last run, which is not killed.</param>
    private protected async Task KillAgainAndAgainAsync(Func<HttpContext, string[], Task<bool>>? whenLeftAlone = null)
    {
        for (var kill = 1; kill <= Kills; kill++)
        {
            var (lines, pause) = (_moments.Next(1, 40), TimeSpan.FromMilliseconds(_moments.Next(0, 12)));
            log.WriteLine($"seed {seed}, kill {kill}: {pause.TotalMilliseconds} ms after line {lines}");
            await RunAndKillAsync(kill * NumbersOfARun, lines, pause);
        }

        (Receiver.Misbehave, Receiver.MisbehaveAfterwards) = (whenLeftAlone, null);
        await RunToTheEndAsync((Kills + 1) * NumbersOfARun);
        log.WriteLine($"{Promised.Count} promised, {Arrived.Length} arrived, {Receiver.Keys.Count - Arrived.Length} of them again");
    }

    /// <summary>A chance for the receiver.</summary>
    private protected int Draw(int below)
    {
        lock (_moods)
        {
            return _moods.Next(below);
        }
    }

    /// <summary>Every number under one key, in the order in which they were sent.</summary>
    private protected void ArrivedInOrderUnderOneKeyEach()
    {
        var values = Arrived.Select(entry => entry.Value).ToArray();
        values.ShouldBe(values.Distinct().Order());
    }

    /// <summary>The journal says what has happened: nothing owed, each item delivered once or dead, and the books balance.</summary>
    private protected async Task<HashSet<int>> LedgerIsRightAsync(int delivered)
    {
        await using var journal = await Rig.JournalAsync();
        var page = journal.Status.Sinks["http"];
        page.Pending.ShouldBe(0);
        page.Delivered.ShouldBe(delivered);
        page.Balances.ShouldBeTrue(page.ToString());
        (await journal.VerifyAsync(default)).Faults.ShouldBeEmpty();
        var dead = await journal.ReadDeadLettersAsync(Journal.DeadLetters.DeadLetterFilter.Everything, 0, int.MaxValue, default);
        dead.Count.ShouldBe((int)page.Dead);
        return [.. dead.Select(letter => int.Parse(letter.Payload.Span, CultureInfo.InvariantCulture))];
    }

    private async Task RunAndKillAsync(int first, int lines, TimeSpan pause)
    {
        using var program = Start(first, count: 0, drains: false);
        try
        {
            for (var line = 0; line < lines; line++)
            {
                Take(first, (await program.StandardOutput.ReadLineAsync().Within())!);
            }

            await Task.Delay(pause, TimeProvider.System);
        }
        finally
        {
            program.Kill();
        }

        while (await program.StandardOutput.ReadLineAsync().Within() is { } line)
        {
            Take(first, line);
        }

        await program.WaitForExitAsync().Within();
        if (_isInMemory)
        {
            _promised.Clear();
        }
    }

    // The last line may be cut short: its number would be another's, and is the smaller for it.
    private void Take(int first, string line)
    {
        if (line is "memory" or "disk")
        {
            _isInMemory = line is "memory";
        }
        else if (int.TryParse(line, CultureInfo.InvariantCulture, out var last) && last >= first)
        {
            _promised.UnionWith([last - 2, last - 1, last]);
            Acknowledged += 3;
        }
    }

    private async Task RunToTheEndAsync(int first)
    {
        using var program = Start(first, count: 30, drains: true);
        try
        {
            (await program.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(4))).ShouldEndWith("left 0\n");
        }
        finally
        {
            program.Kill();
        }
    }

    private Process Start(int first, int count, bool drains)
    {
        _isInMemory = false;
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var killable = Path.Combine(AppContext.BaseDirectory, "..", "..", "Killable", configuration, "Sluice.Killable.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        Receiver.Accepts = context => context.Request.Path == $"/{first}";
        string[] arguments = [killable, Rig.Folder, $"{Receiver.Url}{first}", $"{first}", $"{count}", drains ? "true" : "false", Switches && !drains ? "true" : "false"];
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }
}
