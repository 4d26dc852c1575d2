using Sluice.Actors.Tubes;

namespace Sluice.Conformance.Tests.Clusters;

public sealed class ClusterMemorySpecs
{
    [Fact]
    public async Task Memory_stays_flat_over_many_epochs_on_other_members()
    {
        await using var bench = await ClusterBench.StartAsync(("a", "worker"), ("b", "worker"));
        var runner = bench.Run("""
            nodes:
              a: { type: T.ClusterNodes.Count }
              b: { type: T.ClusterNodes.Twice, depends: a.value }
              c: { type: T.ClusterNodes.Twice, depends: b.value }
              r: { type: return, depends: c.value }
            """);
        await CountAsync(runner, 5_000);
        var before = GC.GetTotalMemory(true);

        var epochs = long.Parse(Environment.GetEnvironmentVariable("SLUICE_EPOCHS") ?? "30000", System.Globalization.CultureInfo.InvariantCulture);
        (await CountAsync(runner, epochs)).ShouldBe(epochs);

        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(4_000_000);
        bench.CallsOf("b").ShouldBe((int)epochs + 5_000);
    }

    private static async Task<long> CountAsync(AsyncRunner runner, long epochs)
    {
        var taken = 0L;
        await foreach (var _ in runner.EpochsAsync(epochs))
        {
            taken++;
        }

        return taken;
    }
}
