using System.Diagnostics;
using Sluice.Measuring;

namespace Sluice.Instruments.Bench;

/// <summary>
/// Runs all contenders in turn, again and again, in short slices. A ratio is the median of the rounds' ratios: its two slices are neighbours in
/// time, so that what else runs on the machine meets both.
/// </summary>
internal static class Rounds
{
    public static async Task<IEnumerable<Row>> Run(string name, string unit, IReadOnlyList<Contender> contenders, int operations, int rounds)
    {
        var rates = contenders.Select(_ => new List<double>()).ToArray();
        var bytes = contenders.Select(_ => new List<double>()).ToArray();
        for (var round = -3; round < rounds; round++)
        {
            // In another order each time: a contender must not always follow the same one.
            for (var step = 0; step < contenders.Count; step++)
            {
                var i = (step + Math.Max(round, 0)) % contenders.Count;
                var allocated = GC.GetTotalAllocatedBytes(precise: true);
                var start = Stopwatch.GetTimestamp();
                await contenders[i].Run(operations);
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
                if (round >= 0)
                {
                    rates[i].Add(operations / seconds);
                    bytes[i].Add((double)allocated / operations);
                }
            }
        }

        for (var i = 1; i < contenders.Count; i++)
        {
            Console.Error.WriteLine(Confidence.Of($"{name}, {contenders[i].Name} to {contenders[0].Name}", rates[i], rates[0]));
        }

        return contenders.Select((contender, i) => new Row(
            $"{name}, {contender.Name}", unit, Harness.Median([.. rates[i]]), contenders[0].Name, Harness.Median([.. rates[0]]),
            Harness.Median([.. rates[i].Zip(rates[0], (ours, none) => ours / none)]), bytes[i].Min()));
    }
}
