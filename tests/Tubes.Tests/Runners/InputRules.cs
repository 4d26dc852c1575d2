using Sluice.Tubes.Errors;
using Sluice.Tubes.Runners;
using Sluice.Tubes.Tests.Samples;

namespace Sluice.Tubes.Tests.Runners;

/// <summary>Section 0 of the specification, and sections A and F: inputs.</summary>
public class InputRules
{
    private const string Tube = """
        input:
          t: { type: int, default: 1 }
          p: { type: int, scope: process, default: 10 }
        nodes:
          a: { type: T.Add, depends: [input.t, input.p] }
          r: { type: return, depends: a.value }
        """;

    private const string Needs = """
        input:
          p: { type: int, scope: process }
        nodes:
          a: { type: T.Twice, depends: input.p }
          r: { type: return, depends: a.value }
        """;

    [Fact]
    public void Values_come_from_the_call_then_the_tube_then_the_default()
    {
        using var tube = TubeHarness.Of(Tube, null, With(("t", 2)));

        tube.Process().ShouldBe(12);
        tube.Process(("p", 20)).ShouldBe(22);
    }

    [Fact]
    public void Rule_0_6_process_inputs_override_tube_inputs_of_the_same_name()
    {
        using var tube = TubeHarness.Of(Tube, null, With(("t", 2)));

        tube.Process(("t", 3)).ShouldBe(13);
        tube.Process().ShouldBe(12);
    }

    [Fact]
    public void Rule_0_6_a_value_given_with_the_tube_satisfies_a_process_input()
    {
        using var tube = TubeHarness.Of(Needs, null, With(("p", 4)));

        tube.Process().ShouldBe(8);
        tube.Runner.Run(2).ShouldBe([8, 8]);
    }

    [Fact]
    public void A_missing_input_fails_before_any_node_runs_and_uses_no_epoch()
    {
        using var tube = TubeHarness.Of(Needs);

        Should.Throw<InputMissingException>(() => tube.Process()).Message
            .ShouldBe("The input p (test.yaml:3:3) is required and was not given; give it with the process call, or write a default.");
        Should.Throw<InputMissingException>(() => tube.Runner.Run(1));
        Should.Throw<InputMissingException>(() => tube.Runner.Iter(1).ToList());
        tube.Process(("p", 1)).ShouldBe(2);
        tube.Told[0].ShouldBe("a.value@0=2");
    }

    [Fact]
    public void A_missing_tube_input_fails_when_the_tube_is_built() =>
        Should.Throw<InputMissingException>(() => TubeHarness.Build("input:\n  x: { type: int }\nnodes: {}")).Message.ShouldContain("give it when the tube is built");

    [Fact]
    public void Unknown_inputs_are_ignored_and_told_of()
    {
        var warnings = new List<string>();
        using var tube = TubeHarness.Of(Tube, new RunnerOptions { Warn = warnings.Add }, With(("tt", 1)));

        tube.Tube.Warnings.ShouldHaveSingleItem().ShouldBe("The tube test has no input tt; it is ignored. Did you mean t?");
        tube.Process(("q", 1)).ShouldBe(11);
        warnings.ShouldHaveSingleItem().ShouldContain("no input q");
    }

    [Fact]
    public void Params_take_tube_inputs_and_refuse_process_inputs()
    {
        using var tube = TubeHarness.Of("""
            input:
              start: { type: int }
            nodes:
              a: { type: T.Count, params: { start: input.start } }
              r: { type: return, depends: a.value }
            """, null, With(("start", 5L)));
        tube.Process().ShouldBe(5);

        Should.Throw<InputMissingException>(() => TubeHarness.Build("""
            input:
              start: { type: int, scope: process }
            nodes:
              a: { type: T.Count, params: { start: input.start } }
            """)).Message.ShouldEndWith(": nodes.a.params.start: the input start has scope process, but params are set when the tube is built; give it scope tube, or use depends.");
    }

    private static TubeOptions With(params (string Name, object? Value)[] inputs) =>
        new() { Inputs = inputs.ToDictionary(input => input.Name, input => input.Value) };
}
