using System.Diagnostics;
using Sluice.Kernel.Actor;
using Sluice.Measuring;

namespace Sluice.Kernel.Bench;

/// <summary>How long a single ask takes, in the middle and at the slow end.</summary>
internal static class AskLatency
{
    public static async Task<IEnumerable<Row>> Run(ActorSystem system, int asks, int repetitions)
    {
        var contenders = AskCase.Asking(system);
        var p50 = contenders.Select(_ => new List<double>()).ToArray();
        var p99 = contenders.Select(_ => new List<double>()).ToArray();
        for (var repetition = -1; repetition < repetitions; repetition++)
        {
            for (var i = 0; i < contenders.Count; i++)
            {
                var samples = await Sample(contenders[i].Ask, asks);
                if (repetition >= 0)
                {
                    p50[i].Add(samples[asks / 2]);
                    p99[i].Add(samples[asks * 99 / 100]);
                }
            }
        }
        return contenders.Skip(1).SelectMany((peer, i) => new[]
        {
            Row("ask-p50", p50[0], peer.Name, p50[i + 1]),
            Row("ask-p99", p99[0], peer.Name, p99[i + 1]),
        });
    }

    private static Row Row(string name, List<double> ours, string peer, List<double> theirs) =>
        new(name, "µs", Harness.Median(ours), peer, Harness.Median(theirs), Harness.Median(theirs) / Harness.Median(ours), 0);

    private static async Task<double[]> Sample(Func<Task> ask, int asks)
    {
        var samples = new double[asks];
        for (var i = 0; i < asks; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask();
            samples[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        Array.Sort(samples);
        return samples;
    }
}
