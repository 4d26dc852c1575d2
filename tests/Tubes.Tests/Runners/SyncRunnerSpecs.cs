using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

public class SyncRunnerSpecs
{
    private const string Basic = """
        nodes:
          a: { type: T.Count }
          b: { type: T.Twice, depends: [{ value: a.value }] }
          c: { type: return, depends: b.value }
        """;

    [Fact]
    public void Each_process_call_is_one_epoch_and_gives_what_the_return_node_got()
    {
        using var tube = TubeHarness.Of(Basic);

        tube.Process().ShouldBe(0);
        tube.Process().ShouldBe(2);

        tube.Told.ShouldBe([
            "a.value@0=0", "b.value@0=0", "c.value@0=NoEvent", "end@0",
            "a.value@1=1", "b.value@1=2", "c.value@1=NoEvent", "end@1",
        ]);
    }

    [Fact]
    public void Run_gives_the_results_of_so_many_epochs_and_deinitialises()
    {
        using var tube = TubeHarness.Of(Basic);

        tube.Runner.Run(3).ShouldBe([0, 2, 4]);
        tube.Runner.Running.ShouldBeFalse();
    }

    [Fact]
    public void A_map_runs_what_is_below_it_once_per_element_and_a_gather_collapses_it()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Count, params: { start: 2 } }
              l: { type: T.Range, depends: [{ value: a.value }] }
              m: { type: map, depends: [{ value: l.value }] }
              d: { type: T.Twice, depends: [{ value: m.value }] }
              g: { type: gather, depends: [{ value: d.value }, { n: m.n }] }
              r: { type: return, depends: [{ all: g.value }, { each: d.value }, { of: a.value }] }
            """);

        var result = tube.Process().ShouldBeOfType<Dictionary<string, object?>>();
        result["all"].ShouldBe(new List<object?> { new List<object?> { 0, 2 }, NoEvent.Value }); // in the first element the gather gave nothing yet (50, 65)
        result["each"].ShouldBe(new List<object?> { 0, 2 });
        result["of"].ShouldBe(2);
        tube.Told.ShouldBe([
            "a.value@0=2", "l.value@0=[0,1]", "m.value@0/m:0=0", "m.value@0/m:1=1", "m.n@0=2", "d.value@0/m:0=0", "d.value@0/m:1=2",
            "g.value@0/m:0=NoEvent", "g.value@0=[0,2]", "r.value@0/m:0=NoEvent", "end@0/m:0", "r.value@0/m:1=NoEvent", "end@0/m:1", "end@0",
        ]);
    }
}
