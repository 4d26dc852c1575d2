using System.Diagnostics;
using Sluice.Kernel.Actor;
using Sluice.Measuring;

namespace Sluice.Cluster.Bench;

/// <summary>One question after the other: how long until the answer is here.</summary>
internal static class AskLatency
{
    private const int Rounds = 5;

    public static async Task<IReadOnlyList<Row>> CompareAsync(BenchMember here, RawClient raw, int count)
    {
        var counter = await here.CounterAsync();
        var (ours, theirs) = (new List<double[]>(), new List<double[]>());
        for (var round = -1; round < Rounds; round++)
        {
            var mine = await RunAsync(() => counter.Ask("sync"), count / Rounds);
            var other = await RunAsync(raw.AskAsync, count / Rounds);
            if (round >= 0)
            {
                ours.Add(mine);
                theirs.Add(other);
            }
        }
        return [Compare("ask-p50", 0.5, ours, theirs), Compare("ask-p99", 0.99, ours, theirs)];
    }

    private static Row Compare(string name, double share, List<double[]> ours, List<double[]> theirs)
    {
        var mine = Harness.Median([.. ours.Select(round => round[(int)(round.Length * share)])]);
        var other = Harness.Median([.. theirs.Select(round => round[(int)(round.Length * share)])]);
        return new Row(name, "us", mine, "direct reply-to", other, other / mine, 0);
    }

    private static async Task<double[]> RunAsync(Func<Task> ask, int count)
    {
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ask();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }
        Array.Sort(times);
        return times;
    }
}
