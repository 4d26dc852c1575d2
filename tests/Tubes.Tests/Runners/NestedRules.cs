using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>Sections 0 and E of the specification: tubes in tubes.</summary>
public class NestedRules
{
    private const string Types = "Sluice.Tubes.Tests.Samples.Nodes";

    [Fact]
    public void Rule_0_12_a_child_that_returns_a_list_or_a_scalar_has_the_signal_value()
    {
        using var tube = Parent("[a.value, a.value]", "c.value");

        tube.Process().ShouldBe(new object?[] { 0, 0 });
    }

    [Fact]
    public void Rule_0_12_a_child_that_returns_a_dictionary_has_a_signal_per_key_and_no_event_on_missing_ones()
    {
        using var tube = Parent("[{ x: a.value }, { y: n.value }]", "[{ x: c.x }, { y: c.y }]", "n: { type: " + Types + ".Never }");

        tube.Process().ShouldBe(new Dictionary<string, object?> { ["x"] = 0, ["y"] = NoEvent.Value });
    }

    [Fact]
    public void Rule_0_12_child_events_are_seen_with_the_childs_path_before_the_nodes_own()
    {
        using var tube = Parent("a.value", "c.value");
        tube.Process();

        tube.Told.ShouldBe(["c/a.value@0=0", "c/r.value@0=NoEvent", "c/meta.EpochEnded@0=0", "c.value@0=0", "r.value@0=NoEvent", "end@0"]);
        tube.Events.Select(happened => happened.Id).ShouldBeUnique();
    }

    [Fact]
    public void Rule_0_12_a_childs_state_begins_again_with_init()
    {
        using var tube = Parent("a.value", "c.value");

        tube.Runner.Run(2).ShouldBe([0, 1]);
        tube.Runner.Run(2).ShouldBe([0, 1]);
    }

    [Fact]
    public void Inputs_of_the_child_are_slots_params_and_inputs_of_the_parent()
    {
        using var tube = TubeHarness.Of($$"""
            input:
              t: { type: int, default: 100 }
            nodes:
              a: { type: T.Count }
              c:
                type: tube
                params:
                  k: 10
                  tube:
                    noob_id: child
                    input:
                      x: { type: int, scope: process }
                      k: { type: int }
                      t: { type: int }
                    nodes:
                      s: { type: T.Add, depends: [input.x, input.k] }
                      u: { type: T.Add, depends: [s.value, input.t] }
                      r: { type: return, depends: u.value }
                depends: [{ x: a.value }]
              r: { type: return, depends: c.value }
            """);

        tube.Process().ShouldBe(110);
        tube.Process().ShouldBe(111);
    }

    [Fact]
    public void Mistakes_in_a_child_are_found_when_the_parent_is_loaded()
    {
        TubeHarness.Mistake("nodes:\n  c: { type: tube }").ShouldEndWith("nodes.c: the param tube is missing; write the id or file of a tube, or a tube itself.");
        Should.Throw<UnknownNodeTypeException>(() => TubeHarness.Build("nodes:\n  c: { type: tube, params: { tube: { noob_id: child, nodes: { a: { type: No.Such } } } } }"));
        TubeHarness.Mistake("nodes:\n  c: { type: tube, params: { tube: { noob_id: test } } }").ShouldEndWith("a tube cannot contain itself: test -> test.");
        TubeHarness.Mistake("nodes:\n  c: { type: tube, params: { tube: { noob_id: child, input: { x: { scope: process } } } } }")
            .ShouldEndWith("the slot x is not given: the tube child needs it as an input; add it to depends.");
    }

    [Fact]
    public void An_error_in_a_child_comes_out_as_thrown()
    {
        using var tube = Parent("f.value", "c.value", "f: { type: " + Types + ".FailAt, params: { at: 0 }, depends: [{ value: a.value }] }");

        Should.Throw<InvalidOperationException>(() => tube.Process()).Message.ShouldBe("boom 0");
    }

    private static TubeHarness Parent(string childReturns, string returns, string more = "") => TubeHarness.Of($$"""
        nodes:
          c:
            type: tube
            params:
              tube:
                noob_id: child
                nodes:
                  a: { type: T.Count }
                  {{more}}
                  r: { type: return, depends: {{childReturns}} }
          r: { type: return, depends: {{returns}} }
        """);
}
