using Sluice.Journal.Contract;
using Sluice.Journal.DeadLetters;
using Sluice.Journal.Reports;
using Xunit.Abstractions;

namespace Sluice.Journal.Tests.Sqlite;

/// <summary>A process that works on the journal is killed at moments drawn by a seed, again and again.</summary>
/// <param name="log">Gets the moments.</param>
public sealed class SqliteKillSpecs(ITestOutputHelper log) : IDisposable
{
    private const int Kills = 20;
    private const int Items = 400;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pool_2_2_kill_nine_loses_nothing_that_was_acknowledged()
    {
        var victim = new Victim(_folder.Path, "work");
        foreach (var (lines, pause) in Moments(seed: 7, mostLines: 400, longest: 5))
        {
            await victim.RunAndKillAsync(lines, pause);

            await using var journal = await OpenAsync(_folder.Path);
            journal.Opening.Recovery.ShouldBeNull();
            await journal.ShouldBeSound();
            var owedToA = await OwedAsync(journal, "a");
            var owedToB = await OwedAsync(journal, "b");
            victim.Appended.Except(owedToB).ShouldBeEmpty("acknowledged, and lost");
            victim.Delivered.Intersect(owedToA).ShouldBeEmpty("delivered, and owed again");
            owedToB.Count.ShouldBe((int)journal.Status.LastSequence, "numbers have no gaps");
        }

        victim.Appended.Count.ShouldBeGreaterThan(Kills);
    }

    [Fact]
    public async Task Pool_1_10_kill_nine_while_a_sink_leaves_loses_nothing_of_what_it_was_owed_and_doubles_nothing()
    {
        var victim = new Victim(_folder.Path, "leave");
        foreach (var (lines, pause) in Moments(seed: 110, mostLines: 1500, longest: 20))
        {
            await victim.RunAndKillAsync(lines, pause);

            await using var journal = await OpenAsync(_folder.Path);
            await LeftAsync(journal, "leaver");
            await journal.ShouldBeSound();
            var heir = await OwedAsync(journal, "a");
            var leaver = journal.Status.Sinks.ContainsKey("leaver") ? await OwedAsync(journal, "leaver") : [];
            var dead = (await journal.DeadLetters()).Select(letter => letter.Key.Sequence).ToList();
            dead.ShouldBeUnique();
            long[] everywhere = [.. heir, .. leaver, .. dead];
            everywhere.ShouldBeUnique();
            victim.Appended.Except(everywhere).ShouldBeEmpty("acknowledged, and lost");
            await SettleAllAsync(journal, victim);
        }
    }

    [Fact]
    public async Task Pool_6_kill_nine_while_a_journal_is_made_leaves_none_or_a_sound_one()
    {
        foreach (var (_, pause) in Moments(seed: 6, mostLines: 2, longest: 150))
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"))).FullName;
            var victim = new Victim(folder, "append");

            await victim.RunAndKillAsync(1, pause);

            await using var journal = await OpenAsync(folder);
            journal.Opening.Recovery.ShouldBeNull();
            await journal.AddSinks("a");
            await journal.ShouldBeSound();
            victim.Appended.Except(await OwedAsync(journal, "a")).ShouldBeEmpty("acknowledged, and lost");
        }
    }

    [Fact]
    public async Task Pool_2_4_kill_nine_while_a_damaged_journal_is_recovered_loses_nothing_and_keeps_the_damaged_file()
    {
        var (original, damaged) = await DamagedAsync();
        foreach (var (_, pause) in Moments(seed: 24, mostLines: 2, longest: 250))
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, Guid.NewGuid().ToString("N"))).FullName;
            File.Copy(original, Path.Combine(folder, Path.GetFileName(original)));
            var victim = new Victim(folder, "append");

            await victim.RunAndKillAsync(1, pause);

            await using var journal = await OpenAsync(folder);
            await journal.ShouldBeSound();
            var owed = await OwedAsync(journal, "a");
            Enumerable.Range(1, Items).Select(number => (long)number).Except(owed).ShouldBeEmpty("was there before the damage");
            victim.Appended.Except(owed).ShouldBeEmpty("acknowledged, and lost");
            var aside = Directory.EnumerateFiles(folder, "*.damaged-*").First(file => !file.EndsWith("-wal", StringComparison.Ordinal));
            (await File.ReadAllBytesAsync(aside)).ShouldBe(damaged);
        }
    }

    private IEnumerable<(int Lines, TimeSpan Pause)> Moments(int seed, int mostLines, int longest)
    {
        var random = new Random(seed);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var (lines, pause) = (random.Next(1, mostLines), TimeSpan.FromMilliseconds(random.Next(0, longest)));
            log.WriteLine($"seed {seed}, kill {kill}: {pause.TotalMilliseconds} ms after line {lines}");
            yield return (lines, pause);
        }
    }

    private async Task<(string File, byte[] Content)> DamagedAsync()
    {
        var folder = Path.Combine(_folder.Path, "damaged");
        await using (var journal = await OpenAsync(folder))
        {
            await journal.AddSinks("a", "b");
            await journal.Append([.. Enumerable.Range(0, Items).Select(number => new string('x', 200) + number)]);
        }

        var file = Path.Combine(folder, "victim.journal.db");
        var content = await File.ReadAllBytesAsync(file);
        content.AsSpan(0, 16).Fill(0xa5);
        await File.WriteAllBytesAsync(file, content);
        return (file, content);
    }

    /// <summary>A departure that the kill interrupted is taken up by the opening and goes on beside its caller.</summary>
    private static async Task LeftAsync(IJournal journal, string sink)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (journal.Status.Sinks.TryGetValue(sink, out var page) && page.Standing is SinkStanding.Leaving)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>What has been checked is cleared away, so that a hundred rounds do not cost a hundred times the first.</summary>
    private static async Task SettleAllAsync(IJournal journal, Victim victim)
    {
        await journal.DeliverAll("a");
        if (journal.Status.Sinks.ContainsKey("leaver"))
        {
            await journal.DeliverAll("leaver");
        }

        await journal.DropDeadLettersAsync([.. (await journal.DeadLetters(DeadLetterFilter.Everything)).Select(letter => letter.Id)], "checked", CancellationToken.None);
        victim.Appended.Clear();
    }

    private static ValueTask<IJournal> OpenAsync(string folder) =>
        Journals.OpenAsync("victim", TestSettings.In(folder), TimeProvider.System, CancellationToken.None);

    private static async Task<HashSet<long>> OwedAsync(IJournal journal, string sink) =>
        [.. (await journal.Read(sink, max: int.MaxValue)).Select(item => item.Key.Sequence)];
}
