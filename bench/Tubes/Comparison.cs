using Sluice.Measuring;

namespace Sluice.Tubes.Bench;

/// <summary>Measures a graph on our runner and its peers.</summary>
internal static class Comparison
{
    /// <summary>What the project asks for: at most this much of the runner's own time per node call.</summary>
    private const double AllowedNanosecondsPerCall = 200;

    // What is measured is compiled code, and the compiler takes its time, the more so on a busy machine: so until rates no longer change.
    private const int MostWarmUps = 8;
    private const int SteadyRuns = 3;
    private const double Steady = 0.1;

    public static async Task<IEnumerable<Row>> RunAsync(BenchCase one, int repetitions, int scale)
    {
        foreach (var run in one.Contenders.Select(peer => peer.Run).OfType<Func<int, Task>>())
        {
            await WarmUpAsync(run, one.Epochs);
        }

        var measured = await Harness.Compare(
            one.Name, "epochs/s", one.Epochs * scale, repetitions, [.. one.Contenders.Where(peer => peer.Run is not null).Select(peer => (peer.Name, peer.Run!))]);
        var (ours, bytes) = (measured[0].Ours, measured[0].AllocatedBytesPerOp);
        var perCall = 1e9 / ours / one.Calls;
        return
        [
            .. measured,
            .. one.Contenders.Where(peer => peer.Run is null).Select(peer => new Row(one.Name, "epochs/s", ours, peer.Name, peer.KnownRate, ours / peer.KnownRate, bytes)),
            new Row(one.Name, "ns/call", perCall, "allowed", AllowedNanosecondsPerCall, AllowedNanosecondsPerCall / perCall, bytes / one.Calls),
        ];
    }

    private static async Task WarmUpAsync(Func<int, Task> run, int epochs)
    {
        var rates = new List<double>();
        do
        {
            rates.Add((await Harness.Measure(epochs, run)).Rate);
        }
        while (rates.Count < MostWarmUps && !(rates.Count >= SteadyRuns && rates.TakeLast(SteadyRuns).Min() > (1 - Steady) * rates.TakeLast(SteadyRuns).Max()));
    }
}
