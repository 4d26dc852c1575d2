using System.Diagnostics;
using Sluice.Cluster.Sharding;
using Sluice.Kernel.Actor;
using Sluice.Measuring;

namespace Sluice.Cluster.Bench;

/// <summary>Kills the other member: how long until it is removed here, and until all of its entities answer again. Measured against what the issue allows.</summary>
internal static class Failover
{
    private const double Allowed = 1_000;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(BenchMember here, OtherMember there)
    {
        await AnswerAsync(here);
        var start = Stopwatch.GetTimestamp();
        there.Kill();
        while (here.Cluster.State.Members.Count > 1)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }
        var removed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await AnswerAsync(here);
        var answered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return
        [
            new Row("failover-member", "ms", removed, "allowed", Allowed, Allowed / removed, 0),
            new Row("failover-entities", "ms", answered, "allowed", 6 * Allowed, 6 * Allowed / answered, 0),
        ];
    }

    private static Task<string[]> AnswerAsync(BenchMember here) => Task.WhenAll(Enumerable.Range(0, 16).Select(
        i => here.Region.Ask<string>(new ShardingEnvelope($"e{i}", "there?"), TimeSpan.FromSeconds(60))));
}
