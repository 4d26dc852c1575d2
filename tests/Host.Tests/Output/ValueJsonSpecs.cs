using System.Text;
using System.Text.Json;
using Sluice.Host.Output;
using Sluice.Tubes;
using Sluice.Tubes.Epochs;

namespace Sluice.Host.Tests.Output;

public sealed class ValueJsonSpecs
{
    public static TheoryData<object?, string> Values => new()
    {
        { null, "null" },
        { "žluť", "\"žluť\"" },
        { 3L, "3" },
        { 2.5, "2.5" },
        { double.NaN, "\"NaN\"" },
        { NoEvent.Value, """{"$":"NoEvent"}""" },
        { new Epoch(3).Child("b", 0), """{"$epoch":"3/b:0"}""" },
        { (1, "a"), """{"$tuple":[1,"a"]}""" },
        { new List<object?> { 1, NoEvent.Value }, """[1,{"$":"NoEvent"}]""" },
        { new Dictionary<string, object?> { ["x"] = (1, 2) }, """{"x":{"$tuple":[1,2]}}""" },
        { new { FirstName = "Ada" }, """{"firstName":"Ada"}""" },
        { JsonDocument.Parse("[1]").RootElement, "[1]" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_is_written_so_that_it_can_be_told_from_others(object? value, string json) =>
        Encoding.UTF8.GetString(ValueJson.ToUtf8(value)).ShouldBe(json);

    [Fact]
    public void A_lazy_sequence_is_not_read()
    {
        var read = 0;
        var endless = Enumerable.Range(0, int.MaxValue).Select(number => read++);

        Encoding.UTF8.GetString(ValueJson.ToUtf8(endless)).ShouldStartWith("""{"$repr":""");
        read.ShouldBe(0);
    }

    [Theory]
    [InlineData("[1,2]", """{"value":[1,2]}""")]
    [InlineData("null", """{"value":null}""")]
    [InlineData("{\"a\":1}", """{"a":1}""")]
    [InlineData("5", "5")]
    public void What_is_no_single_item_is_wrapped_for_a_pool(string value, string item) =>
        Encoding.UTF8.GetString(ValueJson.ToItem(JsonDocument.Parse(value).RootElement)).ShouldBe(item);
}
