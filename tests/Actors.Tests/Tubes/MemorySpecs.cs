using Sluice.Actors.Tests.Tubes.Samples;

namespace Sluice.Actors.Tests.Tubes;

[Collection(Alone.Name)]
public class MemorySpecs
{
    private const string Nodes = """
        nodes:
          a: { type: T.Nodes.Count }
          b: { type: T.Nodes.Twice, depends: a.value }
          g: { type: gather, params: { n: 10 }, depends: b.value }
          r: { type: return, depends: [b: b.value, g: g.value] }
        """;

    [Theory]
    [InlineData(false, 1_000_000)]
    [InlineData(true, 200_000)]
    public async Task Memory_stays_flat_over_a_million_epochs(bool isHeard, long epochs)
    {
        await using var tube = TubeHarness.Of(Nodes, isHeard: false);
        var heard = 0L;
        using var listening = isHeard ? tube.Runner.AddCallback(_ => heard++) : null;
        await CountAsync(10_000);
        var before = GC.GetTotalMemory(true);

        (await CountAsync(epochs)).ShouldBe(epochs);

        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(2_000_000);
        (heard > 0).ShouldBe(isHeard);

        async Task<long> CountAsync(long count)
        {
            var taken = 0L;
            await foreach (var _ in tube.Runner.EpochsAsync(count))
            {
                taken++;
            }

            return taken;
        }
    }
}
