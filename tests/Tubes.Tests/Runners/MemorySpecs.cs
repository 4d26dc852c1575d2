using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

[Collection(Alone.Name)]
public class MemorySpecs
{
    [Fact]
    public async Task A_call_allocates_nothing_but_values_when_nobody_listens()
    {
        var tube = TubeHarness.Build("""
            nodes:
              a: { type: T.Text }
              b: { type: T.SameText, depends: a.value }
              c: { type: T.SameText, depends: b.value }
              r: { type: return, depends: c.value }
            """);
        var runner = new SyncRunner(tube);
        await Epochs(200); // what is compiled for the tube is, by then

        var before = GC.GetAllocatedBytesForCurrentThread();
        await Epochs(1000);

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);

        async Task Epochs(int count)
        {
            for (var epoch = 0; epoch < count; epoch++)
            {
                await runner.ProcessAsync();
            }
        }
    }

    [Fact]
    public async Task Memory_stays_flat_over_a_million_epochs()
    {
        var runner = new SyncRunner(TubeHarness.Build("""
            nodes:
              a: { type: T.Count }
              b: { type: T.Twice, depends: a.value }
              g: { type: gather, params: { n: 10 }, depends: b.value }
              r: { type: return, depends: g.value }
            """));
        await Epochs(10_000);
        var before = GC.GetTotalMemory(true);
        await Epochs(1_000_000);

        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(1_000_000);
        runner.NextEpoch.ShouldBe(1_010_000);

        async Task Epochs(int count)
        {
            for (var epoch = 0; epoch < count; epoch++)
            {
                await runner.ProcessAsync();
            }
        }
    }
}
