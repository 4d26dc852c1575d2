using System.Text.Json;
using Xunit.Abstractions;

namespace Sluice.Acceptance.Tests;

/// <summary>kill -9, again and again, at moments drawn by a seed: what was acknowledged arrives, in order, under one key each.</summary>
public sealed class KillSpecs(ITestOutputHelper log) : IDisposable
{
    private const int Rounds = 24;
    private const int Seed = 20180207;
    private readonly PoolRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_program_killed_at_any_moment_loses_nothing_that_it_had_acknowledged()
    {
        var moments = new Random(Seed);
        var acknowledged = new List<string>();
        await using (await _run.StartReceiverAsync("--fail", "503", "--every", "7"))
        {
            for (var round = 0; round < Rounds; round++)
            {
                acknowledged.AddRange(await RunAndKillAsync(moments));
            }

            // The last run is left alone: it delivers what all the others left behind.
            var (exitCode, output, errors) = await _run.RunAsync("--drain", "2m");
            exitCode.ShouldBe(0, errors);
            output.ShouldMatch("http: [0-9,]+ sent, 0 owed");
        }

        var stored = _run.Stored();
        var once = stored.DistinctBy(item => item.Key).ToList();
        log.WriteLine($"{Rounds} kills, {acknowledged.Count} items acknowledged before one, {once.Count} items stored, {stored.Count - once.Count} of them twice.");
        once.Select(item => PoolRun.SequenceOf(item.Key)).ShouldBeInOrder(SortDirection.Ascending);
        Missing(acknowledged, once.Select(item => item.Item)).ShouldBeEmpty();
    }

    // A line on standard output is the acknowledgement: the value is in the journal before it is printed.
    private async Task<IEnumerable<string>> RunAndKillAsync(Random moments)
    {
        await using var program = _run.Start("--output", "json");
        var lines = moments.Next(0, 36);
        if (lines > 0)
        {
            var seen = 0;
            await program.LineAsync(_ => ++seen == lines);
        }
        else
        {
            await Task.Delay(TimeSpan.FromMilliseconds(moments.Next(0, 1500)), TimeProvider.System);
        }

        program.Kill();
        await program.ExitAsync();
        return program.Output.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("value").GetRawText()).ToList();
    }

    private static List<string> Missing(IEnumerable<string> wanted, IEnumerable<string> present)
    {
        var counts = present.CountBy(item => item).ToDictionary();
        return [.. wanted.Where(item => !counts.TryGetValue(item, out var count) || (counts[item] = count - 1) < 0)];
    }
}
