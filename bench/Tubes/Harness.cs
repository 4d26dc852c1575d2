using System.Diagnostics;

namespace Sluice.Tubes.Bench;

/// <summary>Runs all contenders in turn, again and again, and compares their medians.</summary>
internal static class Harness
{
    /// <summary>What the project asks for: at most this much of the runner's own time per node call.</summary>
    private const double AllowedNanosecondsPerCall = 200;

    public static async Task<IEnumerable<Row>> Run(BenchCase one, int repetitions, int scale)
    {
        var epochs = one.Epochs * scale;
        var rates = one.Contenders.Select(_ => new List<double>()).ToArray();
        var allocated = new List<double>();
        for (var repetition = -2; repetition < repetitions; repetition++)
        {
            for (var i = 0; i < one.Contenders.Count; i++)
            {
                if (one.Contenders[i].Run is not { } run)
                {
                    rates[i].Add(one.Contenders[i].KnownRate);
                    continue;
                }

                GC.Collect();
                GC.WaitForPendingFinalizers();
                var bytes = GC.GetTotalAllocatedBytes(precise: true);
                var watch = Stopwatch.StartNew();
                await run(epochs);
                watch.Stop();
                bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
                if (repetition >= 0)
                {
                    rates[i].Add(epochs / watch.Elapsed.TotalSeconds);
                    if (i == 0)
                    {
                        allocated.Add((double)bytes / epochs);
                    }
                }
            }
        }

        var ours = Median(rates[0]);
        var perCall = 1e9 / ours / one.Calls;
        return one.Contenders.Skip(1)
            .Select((peer, i) => new Row(one.Name, "epochs/s", ours, peer.Name, Median(rates[i + 1]), ours / Median(rates[i + 1]), Median(allocated)))
            .Append(new Row(one.Name, "ns/call", perCall, "allowed", AllowedNanosecondsPerCall, AllowedNanosecondsPerCall / perCall, Median(allocated) / one.Calls));
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[(values.Count / 2) - 1] + values[values.Count / 2]) / 2;
    }
}
