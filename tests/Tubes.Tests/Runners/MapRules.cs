using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>Sections 0 and E of the specification: maps and gathers.</summary>
public class MapRules
{
    private const string Elements = """
        nodes:
          l: { type: T.Items, params: { items: [[0, 1], [], [5]] } }
          m: { type: map, depends: l.value }

        """;

    [Fact]
    public void Rule_0_9_every_epoch_ends_once_and_elements_before_the_epoch_around_them()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              l: { type: T.Items, params: { items: [[[1, 2], [3]]] } }
              m: { type: map, depends: l.value }
              k: { type: map, depends: m.value }
              s: { type: T.Same, depends: k.value }
              g: { type: gather, depends: [{ value: s.value }, { n: k.n }] }
              h: { type: gather, depends: [{ value: g.value }, { n: m.n }] }
              r: { type: return, depends: h.value }
            """);

        TubeHarness.Shown(tube.Process()).ShouldBe("[[1,2],[3]]");
        tube.Told.Where(told => told.StartsWith("end", StringComparison.Ordinal))
            .ShouldBe(["end@0/m:0/k:0", "end@0/m:1/k:0", "end@0/m:0/k:1", "end@0/m:0", "end@0/m:1", "end@0"], ignoreOrder: true);
        tube.Told[^1].ShouldBe("end@0");
    }

    [Fact]
    public void A_map_with_nothing_below_it_ends()
    {
        using var tube = TubeHarness.Of(Elements);

        tube.Runner.Run(3);
        tube.Told.ShouldBe([
            "l.value@0=[0,1]", "m.value@0/m:0=0", "m.value@0/m:1=1", "m.n@0=2", "end@0/m:0", "end@0/m:1", "end@0",
            "l.value@1=[]", "m.value@1=NoEvent", "m.n@1=NoEvent", "end@1",
            "l.value@2=[5]", "m.value@2/m:0=5", "m.n@2=1", "end@2/m:0", "end@2",
        ]);
    }

    [Fact]
    public void A_return_below_a_map_gives_lists_but_a_single_value_bare_and_for_no_elements_what_is_left()
    {
        using var tube = TubeHarness.Of(Elements + "  r: { type: return, depends: [{ each: m.value }, { all: l.value }] }");

        TubeHarness.Shown(tube.Process()).ShouldBe("{each:[0,1],all:[0,1]}");
        TubeHarness.Shown(tube.Process()).ShouldBe("{each:NoEvent,all:[]}");
        TubeHarness.Shown(tube.Process()).ShouldBe("{each:5,all:[5]}");
    }

    [Fact]
    public void Values_from_around_a_map_repeat_below_it_also_when_they_come_late()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              l: { type: T.Items, params: { items: [[0, 1]] } }
              m: { type: map, depends: l.value }
              c: { type: T.Count, params: { start: 10 } }
              d: { type: T.Twice, depends: c.value }
              e: { type: T.Twice, depends: d.value }
              s: { type: T.Add, depends: [m.value, e.value] }
              r: { type: return, depends: [{ s: s.value }] }
            """);

        TubeHarness.Shown(tube.Process()).ShouldBe("{s:[40,41]}");
    }

    [Fact]
    public void An_absent_value_around_a_map_keeps_what_requires_it_from_running_in_every_element()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              l: { type: T.Items, params: { items: [[0, 1]] } }
              m: { type: map, depends: l.value }
              n: { type: T.Never }
              s: { type: T.Add, depends: [m.value, n.value] }
              o: { type: T.Show, depends: [{ a: m.value }, { b: s.value }] }
              r: { type: return, depends: [{ o: o.value }] }
            """);

        TubeHarness.Shown(tube.Process()).ShouldBe("{o:[a=0 b=-,a=1 b=-]}");
    }

    [Fact]
    public void What_is_optional_below_a_map_runs_once_around_it_when_there_are_no_elements()
    {
        using var tube = TubeHarness.Of(Elements + """
              s: { type: T.Show, depends: [{ a: m.value }, { b: l.value }] }
              r: { type: return, depends: [{ s: s.value }] }
            """);

        tube.Process();
        tube.TakeTold();
        tube.Process();
        tube.Told.ShouldContain(told => told.StartsWith("s.value@1=a=- b=", StringComparison.Ordinal));
    }

    [Fact]
    public void Rule_0_13_null_and_no_event_do_not_trigger_a_gather_and_everything_else_does()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Count }
              t: { type: T.Items, params: { items: [~, 1, false, 0] } }
              g: { type: gather, depends: [{ value: a.value }, { trigger: t.value }] }
              r: { type: return, depends: g.value }
            """);
        tube.Runner.Run(4)!.Select(result => string.Join(",", ((IEnumerable<object?>)result!))).ShouldBe(["0,1", "2", "3"]);

        using var never = TubeHarness.Of("""
            nodes:
              a: { type: T.Count }
              e: { type: T.EveryOther, depends: a.value }
              g: { type: gather, depends: [{ value: a.value }, { trigger: e.value }] }
              r: { type: return, depends: g.value }
            """);
        never.Runner.Run(4)!.Select(result => string.Join(",", ((IEnumerable<object?>)result!))).ShouldBe(["0,1", "2,3"]);
    }

    [Fact]
    public void A_short_gather_below_a_map_carries_over_into_the_next_epoch()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              l: { type: T.Range, params: { value: 4 } }
              m: { type: map, depends: l.value }
              e: { type: T.EveryOther, depends: m.value }
              g: { type: gather, depends: [{ value: e.value }, { n: m.n }] }
              s: { type: T.Show, depends: [{ a: g.value }] }
              r: { type: return, depends: g.value }
            """);

        tube.Process().ShouldBeNull();
        tube.Told.ShouldContain("s.value@0=a=- b=-");
        tube.Process().ShouldBe(new List<object?> { 1, 3, 1, 3 });
    }

    [Fact]
    public void Flatten_takes_one_level_away()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              l: { type: T.Items, params: { items: [[1, [2]], ab, 3] } }
              g: { type: gather, params: { n: 2, flatten: true }, depends: l.value }
              r: { type: return, depends: g.value }
            """);

        tube.Process();
        ((List<object?>)tube.Process()!).ShouldBe([1L, new List<object?> { 2L }, "a", "b"]);
        tube.Process();
    }

    [Theory]
    [InlineData("m: { type: map, depends: a.value }", "the slot value of a map got a Int32, which has no elements; give it a list, a tuple, a text or a dictionary.")]
    [InlineData("g: { type: gather, params: { n: 1, flatten: true }, depends: a.value }", "a gather with flatten got a Int32, which has no elements; give it a list, a tuple, a text or a dictionary.")]
    [InlineData("g: { type: gather, params: { n: 2 }, depends: [{ value: a.value }, { trigger: a.value }] }", "a gather emits every n or when triggered; it has n and was triggered as well. Remove one of the two.")]
    public void What_cannot_be_mapped_or_gathered_is_told(string node, string message)
    {
        using var tube = TubeHarness.Of($"nodes:\n  a: {{ type: T.Count }}\n  {node}");

        Should.Throw<SlotValueException>(() => tube.Process()).Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("m: { type: map, params: { n: 1 }, depends: a.value }", "there is no param n. There are none.")]
    [InlineData("g: { type: gather, params: { m: 1 }, depends: a.value }", "there is no param m. Did you mean n?")]
    [InlineData("g: { type: gather, params: { n: many }, depends: a.value }", "n is a whole number, not many.")]
    [InlineData("g: { type: gather, depends: [{ triger: a.value }] }", "there is no slot triger. Did you mean trigger?")]
    [InlineData("g: { type: gather, depends: [{ trigger: a.value }] }", "the slot value is not given; add it to depends.")]
    [InlineData("m: { type: map }", "the slot value is not given; add it to depends.")]
    public void Mistakes_in_special_nodes_are_found_at_load(string node, string message) =>
        TubeHarness.Mistake($"nodes:\n  a: {{ type: T.Count }}\n  {node}").ShouldEndWith(message);

    [Fact]
    public void Rule_77_a_return_of_a_gather_that_stayed_short_gives_a_no_event_for_each_element_kept()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Items, params: { items: [[1, 2, 3], [2, 4], [5], [7, 9]] } }
              m: { type: map, depends: a.value }
              e: { type: T.EveryOther, depends: m.value }
              g: { type: gather, depends: [value: e.value], params: { n: 4 } }
              r: { type: return, depends: [v: g.value, a: a.value] }
            """);

        TubeHarness.Shown(tube.Process()).ShouldBe("{v:[NoEvent,NoEvent],a:[1,2,3]}");
        tube.TakeTold().Where(told => told.StartsWith("r.", StringComparison.Ordinal)).ShouldBe(["r.value@0/m:1=NoEvent", "r.value@0/m:0=NoEvent", "r.value@0/m:2=NoEvent"]);
        TubeHarness.Shown(tube.Process()).ShouldBe("{a:[2,4]}");
        TubeHarness.Shown(tube.Process()).ShouldBe("{v:NoEvent,a:[5]}");
        TubeHarness.Shown(tube.Process()).ShouldBe("{v:[1,3,5,7],a:[7,9]}");
    }
}
