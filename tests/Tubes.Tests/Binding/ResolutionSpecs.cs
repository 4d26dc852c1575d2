using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;

namespace Sluice.Tubes.Tests.Binding;

public class ResolutionSpecs
{
    [Theory]
    [InlineData("Sluice.Tubes.Tests:Sluice.Tubes.Tests.Binding.Samples.Functions.Divide")]
    [InlineData("Sluice.Tubes.Tests.Binding.Samples.Functions.Divide")]
    [InlineData("sluice.tubes.tests.binding.samples.functions.divide")]
    [InlineData("Sluice.Tubes.Tests.Binding.Samples.Divide")]
    [InlineData("Functions.Divide")]
    [InlineData("Divide")]
    [InlineData("di_vide")]
    public void A_method_is_found_in_full_or_in_short_ignoring_case_and_underscores(string type) =>
        NodeHarness.Bind(type).Signals.ShouldBe([new Signal("ratio", typeof(double))]);

    [Theory]
    [InlineData("Sluice.Tubes.Tests.Binding.Samples.Accumulator")]
    [InlineData("Accumulator")]
    [InlineData("accumulator")]
    [InlineData("Accumulator.Process")]
    public void A_class_is_found_with_or_without_its_method(string type) =>
        NodeHarness.Bind(type, new { start = 1 }).Slots.ShouldBe([new Slot("value", typeof(int), Required: true)]);

    [Fact]
    public void A_given_name_is_found() => NodeHarness.Bind("given.name").Slots.ShouldBeEmpty();

    [Fact]
    public void A_pattern_takes_what_nothing_else_has()
    {
        NodeHarness.Bind("any.thing.at_all").Slots.ShouldHaveSingleItem().Name.ShouldBe("all");
        Should.Throw<UnknownNodeTypeException>(() => NodeHarness.Bind("any.body"));
    }

    [Fact]
    public async Task Builtins_need_no_assembly() => (await NodeHarness.Of("sum", null, "#").OneAsync(new List<object?> { 1L, 2, 0.5 })).ShouldBe(3.5);

    [Fact]
    public async Task Loaded_assemblies_are_searched_by_full_name() => (await NodeHarness.Of("System.Math.Sqrt", null, "d").OneAsync(9)).ShouldBe(3.0);

    [Fact]
    public void An_unknown_name_suggests_the_nearest_and_says_where_it_looked()
    {
        var failure = Should.Throw<UnknownNodeTypeException>(() => NodeHarness.Bind("Sluice.Tubes.Tests.Binding.Samples.Functions.Divise"));

        failure.Nearest[0].ShouldBe("Sluice.Tubes.Tests.Binding.Samples.Functions.Divide");
        failure.Message.ShouldContain("Did you mean `Sluice.Tubes.Tests.Binding.Samples.Functions.Divide`");
        failure.Message.ShouldContain("Searched: Sluice.Tubes.Tests");
    }

    [Fact]
    public void An_ambiguous_name_lists_what_it_could_be_and_how_to_choose()
    {
        var failure = Should.Throw<WiringException>(() => NodeHarness.Bind("Functions.Overloaded"));

        failure.Message.ShouldContain("Overloaded(int)");
        failure.Message.ShouldContain("Overloaded(string)");
        failure.Message.ShouldContain("[NodeName]");
    }
}
