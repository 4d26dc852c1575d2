using System.Diagnostics;

namespace Sluice.Measuring;

/// <summary>Runs all contenders in turn, again and again, and compares their medians.</summary>
public static class Harness
{
    private const int WarmUps = 2;

    /// <summary>
    /// Runs each contender <paramref name="repetitions"/> times after a warm-up, interleaved; the first is ours. A contender is
    /// given the number of operations to do.
    /// </summary>
    /// <returns>One row for each peer; a rate is operations per second, bytes are ours.</returns>
    public static async Task<IReadOnlyList<Row>> Compare(
        string name, string unit, int operations, int repetitions, IReadOnlyList<(string Name, Func<int, Task> Run)> contenders)
    {
        var rates = contenders.Select(_ => new List<double>()).ToArray();
        var allocated = new List<double>();
        for (var repetition = -WarmUps; repetition < repetitions; repetition++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                var (rate, bytes) = await Measure(operations, contenders[i].Run);
                if (repetition >= 0)
                {
                    rates[i].Add(rate);
                    if (i == 0)
                    {
                        allocated.Add(bytes);
                    }
                }
            }
        }
        var ours = Median(rates[0]);
        return
        [
            .. contenders.Skip(1).Select((peer, i) =>
                new Row(name, unit, ours, peer.Name, Median(rates[i + 1]), ours / Median(rates[i + 1]), Median(allocated))),
        ];
    }

    /// <summary>Runs once; gives operations per second and allocated bytes per operation.</summary>
    public static async Task<(double Rate, double Bytes)> Measure(int operations, Func<int, Task> run)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        await run(operations);
        watch.Stop();
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return (operations / watch.Elapsed.TotalSeconds, (double)bytes / operations);
    }

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }
}
