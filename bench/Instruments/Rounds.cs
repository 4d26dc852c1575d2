using System.Diagnostics;
using Sluice.Measuring;

namespace Sluice.Instruments.Bench;

/// <summary>
/// Runs all contenders in turn, again and again, in short slices, and compares the best tenth of each: what else runs on the machine only ever
/// makes a slice slower, so the fastest slices are those that it left alone.
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
            $"{name}, {contender.Name}", unit, Undisturbed(rates[i]), contenders[0].Name, Undisturbed(rates[0]), Undisturbed(rates[i]) / Undisturbed(rates[0]), bytes[i].Min()));
    }

    private static double Undisturbed(List<double> rates) => rates.OrderDescending().Take(1 + (rates.Count / 10)).Average();
}
