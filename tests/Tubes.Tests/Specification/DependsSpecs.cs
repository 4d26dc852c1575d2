using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Specification;

/// <summary>What nodes may depend on.</summary>
public class DependsSpecs
{
    [Theory]
    [InlineData("a", "'a' is not a signal; write node.signal, as in a.value.")]
    [InlineData("a.b.c", "'a.b.c' is not a signal; write node.signal, as in a.value.")]
    [InlineData("{ value: a.value }", "this must be one node.signal, or a list of node.signal and slot: node.signal; put a dash before each slot.")]
    [InlineData("[{ left: a.value, right: a.value }]", "each entry holds one slot: node.signal, this one holds 2; put a dash before each slot.")]
    [InlineData("[{ value: a.value }, { value: a.value }]", "the slot value is given twice; keep one of them.")]
    [InlineData("[{ 1: a.value }]", "'1' cannot be the name of a slot.")]
    [InlineData("[[a.value]]", "a list is not a signal; write node.signal, as in a.value.")]
    public void A_wrong_form_is_refused(string depends, string problem)
    {
        var message = TubeHarness.Mistake($"nodes:\n  a: {{ type: T.Count }}\n  b:\n    type: T.Twice\n    depends: {depends}");

        message.ShouldStartWith("test.yaml:6:");
        message.ShouldContain("nodes.b.depends");
        message.ShouldEndWith(problem);
    }

    [Theory]
    [InlineData("aa.value", "b depends on node aa, which does not exist. Did you mean a?")]
    [InlineData("a.valu", "b depends on a.valu, but a has no signal valu. Did you mean value?")]
    [InlineData("input.yx", "b depends on input yx, which does not exist. Did you mean x?")]
    [InlineData("assets.nope", "b depends on asset nope, which does not exist. There are none.")]
    public void Rule_0_4_what_does_not_exist_is_found_at_load_with_the_nearest_name(string depends, string problem)
    {
        var message = TubeHarness.Mistake($"input:\n  x: {{ type: int, scope: process }}\nnodes:\n  a: {{ type: T.Count }}\n  b:\n    type: T.Twice\n    depends: {depends}");

        message.ShouldBe($"test.yaml:8:14: nodes.b.depends: {problem}");
    }

    [Theory]
    [InlineData("b: { type: T.Same, depends: b.value }", "b -> b")]
    [InlineData("a: { type: T.Same, depends: c.value }\n  b: { type: T.Same, depends: a.value }\n  c: { type: T.Same, depends: b.value }", "a -> b -> c -> a")]
    public void A_cycle_is_shown(string nodes, string cycle) =>
        TubeHarness.Mistake($"nodes:\n  {nodes}").ShouldContain($"the nodes wait for each other: {cycle}; remove one of these dependencies.");

    [Fact]
    public void A_required_slot_that_nobody_gives_is_found_at_load()
    {
        var message = TubeHarness.Mistake("nodes:\n  a: { type: T.Count }\n  b: { type: T.Add, depends: [{ left: a.value }] }");

        message.ShouldStartWith("test.yaml:4:3: nodes.b: ");
        message.ShouldContain("right");
    }

    [Fact]
    public void An_unknown_type_names_the_nearest_ones()
    {
        var unknown = Should.Throw<Sluice.Tubes.Errors.UnknownNodeTypeException>(() => TubeHarness.Build("nodes:\n  a: { type: T.Cuont }"));

        unknown.Message.ShouldStartWith("test.yaml:3:14: nodes.a.type: ");
        unknown.Message.ShouldContain("Nodes.Count");
    }

    [Fact]
    public void A_node_below_two_unrelated_maps_is_refused() => TubeHarness.Mistake("""
        nodes:
          a: { type: T.Range, params: { value: 2 } }
          m: { type: map, depends: a.value }
          n: { type: map, depends: a.value }
          b: { type: T.Add, depends: [m.value, n.value] }
        """).ShouldEndWith("b depends on elements of two maps, m and n, which do not belong together; gather one of them first.");
}
