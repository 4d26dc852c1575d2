using System.Globalization;
using System.Text.Json;
using Sluice.Tubes.Binding;
using Sluice.Tubes.Errors;
using Sluice.Tubes.Tests.Binding.Samples;

namespace Sluice.Tubes.Tests.Binding;

[Collection(nameof(Accumulator))]
public class CallSpecs
{
    [Fact]
    public async Task A_static_method_is_a_stateless_node_with_the_signal_value()
    {
        var node = NodeHarness.Of("Functions.Add", null, "left", "right");

        node.Code.IsStateful.ShouldBeFalse();
        node.Code.IsSource.ShouldBeFalse();
        node.Code.Signals.ShouldBe([new Signal("value", typeof(int))]);
        (await node.OneAsync(3, 4)).ShouldBe(7);
    }

    [Fact]
    public async Task A_param_is_the_argument_of_every_call_and_a_dependency_wins_over_it()
    {
        (await NodeHarness.Of("Functions.Add", new { right = 10L }, "left").OneAsync(1)).ShouldBe(11);
        (await NodeHarness.Of("Functions.Add", new { right = 10L }, "left", "right").OneAsync(1, 2)).ShouldBe(3);
    }

    [Fact]
    public async Task Positions_fill_the_slots_in_order_and_then_the_params_array()
    {
        (await NodeHarness.Of("Functions.Add", null, "#", "#").OneAsync(1, 2)).ShouldBe(3);
        (await NodeHarness.Of("Functions.Many", null, "#", "#", "#").OneAsync(1, 2, 3)).ShouldBe(6);
        (await NodeHarness.Of("Functions.Many", null, "#").OneAsync(1)).ShouldBe(1);
    }

    [Fact]
    public async Task Named_inputs_without_a_slot_go_to_the_rest()
    {
        var node = NodeHarness.Of("Functions.Rest", new { param = 9L }, "known", "b", "a");

        (await node.OneAsync(1, 2, Absent.Value)).ShouldBe("1: b=2, param=9");
        node.Code.Slots.ShouldContain(slot => slot.Name == "others" && slot.Kind == SlotKind.KeywordRest && !slot.Required);
    }

    [Fact]
    public async Task Slots_match_parameters_ignoring_case_and_underscores() =>
        (await NodeHarness.Of("Functions.Pause", null, "sleep_for").OneAsync(0.5)).ShouldBe("0.5");

    [Fact]
    public async Task Nullable_and_defaulted_slots_are_optional_unless_marked_as_required()
    {
        var node = NodeHarness.Of("Functions.Optional", null, "must", "may", "some", "waits");

        node.Code.Slots.Select(slot => slot.Required).ShouldBe([true, false, false, true]);
        (await node.OneAsync("x", Absent.Value, Absent.Value, null)).ShouldBe(new object?[] { "x", null, 5, null });
    }

    [Fact]
    public async Task A_named_tuple_is_several_signals_and_an_unnamed_one_is_a_value()
    {
        var named = NodeHarness.Of("Functions.Named", null, "word");

        named.Code.Signals.ShouldBe([new Signal("Word", typeof(string)), new Signal("Length", typeof(int))]);
        (await named.AllAsync("bear")).ShouldBe(new object?[] { "bear", 4 });
        (await NodeHarness.Of("Functions.Unnamed", null, "value").OneAsync(1)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_tuple_may_have_more_than_seven_elements() =>
        (await NodeHarness.Of("Functions.Eight", null, "a").AllAsync(1)).ShouldBe(new object?[] { 1, 2, 3, 4, 5, 6, 7, 8 });

    [Fact]
    public async Task Signals_can_be_named_by_attributes()
    {
        NodeHarness.Bind("Functions.Divide").Signals.ShouldBe([new Signal("ratio", typeof(double))]);
        var split = NodeHarness.Of("Functions.Split", null, "value");

        split.Code.Signals.Select(signal => signal.Name).ShouldBe(["one", "other"]);
        (await split.AllAsync(new List<object?> { 1, "x" })).ShouldBe(new object?[] { 1, "x" });
        (await split.AllAsync((1, NoEvent.Value))).ShouldBe(new object?[] { 1, NoEvent.Value });
        (await split.AllAsync(NoEvent.Value)).ShouldBe(new object?[] { NoEvent.Value, NoEvent.Value });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Too_few_or_too_many_values_name_the_node_and_its_signals(int count)
    {
        var failure = await Should.ThrowAsync<NodeResultException>(() => NodeHarness.Of("Functions.Split", null, "value").AllAsync(new object?[count].ToList()));

        failure.Message.ShouldBe($"Node `node` has 2 signals (one, other) and returned {count} values; it gave a List<object> of {count}.");
    }

    [Fact]
    public async Task Null_is_no_value_for_several_signals() =>
        (await Should.ThrowAsync<NodeResultException>(() => NodeHarness.Of("Functions.Split", null, "value").AllAsync((object?)null)))
            .Message.ShouldContain("must return a tuple or list of them; it gave null");

    [Fact]
    public async Task A_typed_node_says_no_event_with_Maybe()
    {
        var even = NodeHarness.Of("Functions.Even", null, "value");

        even.Code.Signals.ShouldBe([new Signal("value", typeof(int))]);
        (await even.OneAsync(2)).ShouldBe(2);
        (await even.OneAsync(3)).ShouldBe(NoEvent.Value);
        (await NodeHarness.Of("Functions.Switch", null, "value").AllAsync(3)).ShouldBe(new object?[] { "odd", NoEvent.Value });
        (await NodeHarness.Of("Functions.Range", null, "value").AllAsync(3)).ShouldBe(new object?[] { 3, 6 });
        (await NodeHarness.Of("Functions.Range", null, "value").AllAsync(-1)).ShouldBe(new object?[] { NoEvent.Value, NoEvent.Value });
    }

    [Fact]
    public async Task Nothing_returned_is_the_value_null()
    {
        (await NodeHarness.Of("Functions.Sink", null, "value").OneAsync(1)).ShouldBeNull();
        (await NodeHarness.Of("Functions.LaterNothing", null, "value").OneAsync(1)).ShouldBeNull();
    }

    [Fact]
    public async Task Tasks_are_awaited()
    {
        (await NodeHarness.Of("Functions.LaterTask", null, "value").OneAsync(1)).ShouldBe(2);
        (await NodeHarness.Of("Functions.LaterPair", null, "value").AllAsync(1)).ShouldBe(new object?[] { 1, 2 });
    }

    [Fact]
    public async Task A_sequence_is_a_source_that_ends()
    {
        var source = NodeHarness.Of("Functions.Letters", new { from = 1L });

        source.Code.IsSource.ShouldBeTrue();
        source.Code.IsStateful.ShouldBeTrue();
        source.Code.Signals.Select(signal => signal.Name).ShouldBe(["Index", "Letter"]);
        (await source.AllAsync()).ShouldBe(new object?[] { 1, "b" });
        (await source.AllAsync()).ShouldBe(new object?[] { 2, "c" });
        await Should.ThrowAsync<EndOfSourceException>(() => source.AllAsync());
        await Should.ThrowAsync<EndOfSourceException>(() => source.AllAsync());
    }

    [Fact]
    public async Task An_asynchronous_sequence_is_a_source_that_ends()
    {
        var source = NodeHarness.Of("Functions.Ticks");

        (await source.OneAsync()).ShouldBe(0);
        (await source.OneAsync()).ShouldBe(1);
        await Should.ThrowAsync<EndOfSourceException>(() => source.AllAsync());
    }

    [Fact]
    public async Task What_the_runner_knows_is_given_by_type() =>
        (await NodeHarness.Of("Functions.Inject", null, "value").OneAsync(1)).ShouldBe("1 7 specs False 0");

    [Fact]
    public async Task A_class_is_made_once_from_its_params_and_keeps_its_state()
    {
        var node = NodeHarness.Of("Accumulator", new { start = 10L, step = 2L }, "value");

        node.Code.IsStateful.ShouldBeTrue();
        (await node.OneAsync(1)).ShouldBe(12);
        (await node.OneAsync(1)).ShouldBe(14);
    }

    [Fact]
    public async Task Init_Deinit_and_Dispose_are_called_where_they_exist()
    {
        var node = NodeHarness.Of("Accumulator", new { start = 0L }, "value");
        Accumulator.Log.Clear();

        await node.Code.InitAsync(new Sluice.Tubes.Runners.RunnerContext { RunnerId = "", TubeId = "t" }, CancellationToken.None);
        await node.Code.DeinitAsync(CancellationToken.None);
        await ((IAsyncDisposable)node.Code).DisposeAsync();

        Accumulator.Log.ShouldBe(["init t", "deinit", "dispose"]);
    }

    [Fact]
    public async Task A_marked_method_stands_in_for_Process() => (await NodeHarness.Of("Marked", null, "width", "depth").OneAsync(2, 3)).ShouldBe(6);

    [Fact]
    public async Task A_struct_keeps_its_state_too()
    {
        var node = NodeHarness.Of("CountingStruct");

        (await node.OneAsync()).ShouldBe(1);
        (await node.OneAsync()).ShouldBe(2);
    }

    [Fact]
    public async Task A_class_may_say_itself_what_its_signals_are()
    {
        var node = NodeHarness.Of("Shaped", new { signals = new List<object?> { "x", "y" } }, "p", "q");

        node.Code.Signals.Select(signal => signal.Name).ShouldBe(["x", "y"]);
        (await node.AllAsync(1, 2)).ShouldBe(new object?[] { 1, 2 });
    }

    [Fact]
    public async Task A_node_throws_its_own_exception() =>
        (await Should.ThrowAsync<InvalidTimeZoneException>(() => NodeHarness.Of("Functions.Throws").AllAsync())).Message.ShouldBe("mine");

    [Fact]
    public async Task A_synchronous_call_allocates_nothing_of_its_own()
    {
        var node = NodeHarness.Of("Functions.NotNull", null, "text");
        var call = new NodeCall(new Sluice.Tubes.Runners.RunnerContext { RunnerId = "", TubeId = "" });
        object?[] inputs = ["x"], results = new object?[1];
        await node.Code.CallAsync(inputs, results, call);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            await node.Code.CallAsync(inputs, results, call);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task Inputs_convert_as_one_expects()
    {
        (await NodeHarness.Of("Functions.Add", null, "left", "right").OneAsync(3L, "4")).ShouldBe(7);
        (await NodeHarness.Of("Functions.Add", null, "left", "right").OneAsync(3.0, 4m)).ShouldBe(7);
        var when = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var described = await NodeHarness.Of("Functions.Describe", null, "numbers", "depth", "when", "json")
            .OneAsync(new List<object?> { 1L, "2.5" }, "very_deep", when.ToString("O", CultureInfo.InvariantCulture), new Dictionary<string, object?> { ["a"] = 1L });
        described.ShouldBe($"3.5 VeryDeep {when:O} Object");
    }

    [Fact]
    public async Task A_dictionary_or_JSON_object_becomes_a_record()
    {
        var node = NodeHarness.Of("Functions.Quake", null, "quake");

        (await node.OneAsync(new Dictionary<string, object?> { ["magnitude"] = 5L, ["region"] = "Chile", ["note"] = "felt" })).ShouldBe("5 Chile Shallow felt");
        (await node.OneAsync(JsonDocument.Parse("""{"Magnitude":4.5,"Region":"Peru","Depth":"very_deep"}""").RootElement)).ShouldBe("4.5 Peru VeryDeep ");
    }

    [Theory]
    [InlineData(1.5, "1.5 (double)")]
    [InlineData("many", "the text \"many\"")]
    [InlineData(5_000_000_000L, "5000000000 (long)")]
    public async Task A_value_that_does_not_fit_names_node_slot_type_and_value(object value, string described) =>
        (await Should.ThrowAsync<SlotValueException>(() => NodeHarness.Of("Functions.Add", null, "left").OneAsync(value)))
            .Message.ShouldBe($"Node `node`, slot `left` takes int, and {described} is not one.");

    [Fact]
    public async Task Null_is_refused_where_the_parameter_says_that_it_cannot_be() =>
        (await Should.ThrowAsync<SlotValueException>(() => NodeHarness.Of("Functions.NotNull", null, "text").OneAsync((object?)null)))
            .Message.ShouldContain("takes string and got null. Declare it `string?`");
}
