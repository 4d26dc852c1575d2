using System.Diagnostics;

namespace Sluice.Kernel.Bench;

/// <summary>Runs all contenders in turn, again and again, and compares their medians.</summary>
internal static class Harness
{
    public static async Task<IEnumerable<Row>> Run(IBenchCase one, int repetitions, int scale)
    {
        var operations = one.Operations * scale;
        var rates = one.Contenders.Select(_ => new List<double>()).ToArray();
        var allocated = new List<double>();
        for (var repetition = -2; repetition < repetitions; repetition++)
        {
            for (var i = 0; i < one.Contenders.Count; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                var bytes = GC.GetTotalAllocatedBytes(precise: true);
                var watch = Stopwatch.StartNew();
                await one.Contenders[i].Run(operations);
                watch.Stop();
                bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
                if (repetition >= 0)
                {
                    rates[i].Add(operations / watch.Elapsed.TotalSeconds);
                    if (i == 0)
                    {
                        allocated.Add((double)bytes / operations);
                    }
                }
            }
        }
        var ours = Median(rates[0]);
        return one.Contenders.Skip(1).Select((peer, i) =>
            new Row(one.Name, one.Unit, ours, peer.Name, Median(rates[i + 1]), ours / Median(rates[i + 1]), Median(allocated)));
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }
}
