using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>Section 0 of the specification: what a node gets when its sources gave nothing, and what it may give.</summary>
public class SlotRules
{
    [Fact]
    public void Rule_0_2_an_optional_slot_whose_source_gave_no_event_gets_its_default()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              n: { type: T.Never }
              s: { type: T.Show, depends: [{ a: n.value }] }
              r: { type: return, depends: s.value }
            """);

        tube.Process().ShouldBe("a=- b=-");
    }

    [Fact]
    public void Rule_0_2_a_return_keeps_no_event_in_its_dictionary()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Count }
              n: { type: T.Never }
              r: { type: return, depends: [{ n: n.value }, { a: a.value }] }
            """);

        tube.Process().ShouldBe(new Dictionary<string, object?> { ["n"] = NoEvent.Value, ["a"] = 0 });
    }

    [Fact]
    public void Rule_0_3_a_node_that_gives_too_few_values_fails_by_name()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: S.Outputs.TooFew }
            """);

        var wrong = Should.Throw<NodeResultException>(() => tube.Process());
        wrong.Message.ShouldContain("a");
        wrong.Message.ShouldContain("two");
    }

    [Fact]
    public void Rule_0_3_a_bare_no_event_is_no_event_on_all_signals()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: S.Outputs.Nothing }
              b: { type: T.Same, depends: a.one }
            """);

        tube.Process().ShouldBeNull();
        tube.Told.ShouldBe(["a.one@0=NoEvent", "a.two@0=NoEvent", "end@0"]);
    }

    [Fact]
    public void Rule_0_7_enabled_follows_a_tube_input_for_the_scheduler_too()
    {
        const string Yaml = """
            input:
              on: { type: bool, default: true }
            nodes:
              a: { type: T.Count }
              b: { type: T.Twice, depends: a.value, enabled: input.on }
              r: { type: return, depends: b.value }
            """;
        using var on = TubeHarness.Of(Yaml);
        using var off = TubeHarness.Of(Yaml, null, new TubeOptions { Inputs = new Dictionary<string, object?> { ["on"] = false } });

        on.Process().ShouldBe(0);
        off.Process().ShouldBeNull();
        off.Told.ShouldBe(["a.value@0=0", "end@0"]);
    }

    [Fact]
    public void Rule_0_7_an_optional_slot_goes_without_a_disabled_source_but_a_return_does_not_run()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Count }
              off: { type: T.Twice, depends: a.value, enabled: false }
              below: { type: T.Twice, depends: off.value }
              s: { type: T.Show, depends: [{ a: a.value }, { b: below.value }] }
              r: { type: return, depends: [{ s: s.value }, { off: off.value }] }
            """);

        tube.Process().ShouldBeNull();
        tube.Told.ShouldBe(["a.value@0=0", "s.value@0=a=0 b=-", "end@0"]);
    }

    [Fact]
    public void Rule_0_8_two_no_events_above_one_optional_slot_unlock_it_once()
    {
        // In the reference the second no-event counted against the required slot, and the node ran without its argument.
        using var tube = TubeHarness.Of("""
            nodes:
              n1: { type: T.Never }
              n2: { type: T.Never }
              both: { type: T.Add, depends: [n1.value, n2.value] }
              c: { type: T.Count }
              d: { type: T.Twice, depends: c.value }
              h: { type: T.Half, depends: [{ a: d.value }, { b: both.value }] }
              r: { type: return, depends: h.value }
            """);

        tube.Process().ShouldBe("a=0 b=-");
    }

    [Fact]
    public void Rule_0_8_one_no_event_unlocks_one_slot_so_that_a_return_of_it_and_its_product_gives_nothing()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Count }
              w: { type: T.EveryOther, depends: a.value }
              d: { type: T.Twice, depends: w.value }
              r: { type: return, depends: [{ word: w.value }, { double: d.value }] }
            """);

        tube.Runner.Run(4).ShouldBe([
            new Dictionary<string, object?> { ["word"] = 1, ["double"] = 2 },
            new Dictionary<string, object?> { ["word"] = 3, ["double"] = 6 },
        ]);
    }

    [Fact]
    public void No_event_keeps_those_who_require_it_from_running_and_null_does_not()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Items, params: { items: [1, ~] } }
              b: { type: T.Same, depends: a.value }
              r: { type: return, depends: [b.value] }
            """);

        tube.Process().ShouldBe(new object?[] { 1L });
        tube.Process().ShouldBe(new object?[] { null });
    }

    [Fact]
    public void Depends_mixes_positions_and_slots_and_the_return_gives_both()
    {
        using var tube = TubeHarness.Of("""
            nodes:
              a: { type: T.Count }
              b: { type: T.Pair, depends: a.value }
              r: { type: return, depends: [b.one, { other: b.other }, a.value] }
            """);

        tube.Process().ShouldBe(new object?[] { new object?[] { 0, 0 }, new Dictionary<string, object?> { ["other"] = 0 } });
    }
}
