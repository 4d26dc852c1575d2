using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Tests.Binding;

public class WiringSpecs
{
    private const string Add = "Sluice.Tubes.Tests.Binding.Samples.Functions.Add";

    [Fact]
    public void An_unknown_slot_offers_those_there_are() =>
        Refusal("Functions.Add", null, "lefty").ShouldBe($"{Add} has no slot `lefty`: its slots are left, right.");

    [Fact]
    public void An_unknown_param_offers_those_there_are() =>
        Refusal("Functions.Add", new { zz = 1 }).ShouldBe($"{Add} has no param `zz`: its params are left, right.");

    [Fact]
    public void An_unknown_param_of_a_class_is_refused() =>
        Refusal("Accumulator", new { start = 1, zz = 1 }).ShouldBe("Sluice.Tubes.Tests.Binding.Samples.Accumulator has no param `zz`: its params are value.");

    [Fact]
    public void A_required_slot_must_be_given() =>
        Refusal("Functions.Add", null).ShouldBe($"{Add} needs `left` (int): add it to `depends` or `params`.");

    [Fact]
    public void A_required_constructor_parameter_must_be_given() =>
        Refusal("Accumulator", null).ShouldBe("Sluice.Tubes.Tests.Binding.Samples.Accumulator needs `start`: add it to `params`.");

    [Fact]
    public void A_slot_cannot_be_given_twice()
    {
        Refusal("Functions.Add", null, "#", "left").ShouldBe($"{Add} is given `left` twice in `depends`: remove one.");
        Refusal("Functions.Add", new { left = 1 }, "#").ShouldBe($"{Add} is given `left` twice, by position and in `params`: remove one.");
    }

    [Fact]
    public void Too_many_positions_are_refused() =>
        Refusal("Functions.Add", null, "#", "#", "#").ShouldStartWith($"{Add} takes 2 inputs by position and is given one more");

    [Fact]
    public void A_param_of_the_wrong_type_is_refused() =>
        Refusal("Functions.Add", new { left = "many" }).ShouldBe("Param `left` takes int, and the text \"many\" is not one.");

    [Fact]
    public void A_constructor_that_refuses_its_params_is_heard() =>
        Refusal("Picky", new { positive = -1 }).ShouldStartWith("Sluice.Tubes.Tests.Binding.Samples.Picky refused its params: ");

    [Fact]
    public void A_source_takes_no_inputs() => Refusal("Functions.Letters", null, "from").ShouldContain("is a source (it returns IEnumerable<");

    [Fact]
    public void A_class_without_Process_is_no_node() => Refusal("NotANode", null).ShouldContain("no public method named Process and none marked [ProcessMethod]");

    [Fact]
    public void A_generic_method_is_no_node() => Refusal("Functions.Generic", null).ShouldContain("is generic");

    [Theory]
    [InlineData(typeof(string), true)]
    [InlineData(typeof(long), true)]
    [InlineData(typeof(object), true)]
    [InlineData(typeof(List<int>), false)]
    [InlineData(typeof(DateTime), false)]
    [InlineData(typeof(bool), false)]
    public void A_signal_that_can_never_fit_is_refused_when_the_tube_is_loaded(Type source, bool fits)
    {
        var code = NodeHarness.Bind("Functions.Add");
        void Wire() => code.Wire([new InputWire(null, "left", source)]);

        if (fits)
        {
            Should.NotThrow(Wire);
        }
        else
        {
            Should.Throw<WiringException>(Wire).Message.ShouldContain("which can never become one");
        }
    }

    private static string Refusal(string type, object? parameters, params string[] wires) =>
        Should.Throw<WiringException>(() => NodeHarness.Of(type, parameters, wires)).Message;
}
