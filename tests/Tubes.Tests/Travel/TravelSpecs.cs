using System.Collections;
using System.Numerics;
using System.Text.Json;
using Sluice.Tubes.Tests.Samples;
using Sluice.Tubes.Travel;

namespace Sluice.Tubes.Tests.Travel;

/// <summary>Values that go to another process and come back.</summary>
public class TravelSpecs
{
    public static TheoryData<object?> Values =>
    [
        null, "text", true, false, 1L, long.MinValue, 1, (byte)2, 3.5f, 0.1, double.NaN, double.NegativeInfinity, 1.10m, 'x', BigInteger.Pow(10, 40),
        Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), TimeSpan.FromMilliseconds(1.5), new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)),
        new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc), new byte[] { 1, 2, 3 }, NoEvent.Value, Absent.Value,
        new List<object?> { 1L, "two", null, new List<object?> { 3.0 } }, new object?[] { 1, new object?[] { "a" } },
        new Dictionary<string, object?> { ["b"] = 1L, ["a"] = new Dictionary<string, object?> { ["$"] = null } },
        new List<int> { 1, 2 }, new[] { "a", null, "b" }, new List<double>(), new[] { 1L, 2L },
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_as_it_was_type_and_all(object? value)
    {
        ValueWriter.TryWrite([value], out var json, out var obstacle).ShouldBeTrue(obstacle);

        var back = Read(json.GetRawText());

        back?.GetType().ShouldBe(value?.GetType());
        TubeHarness.Shown(back).ShouldBe(TubeHarness.Shown(value));
        (back as IList)?.Cast<object?>().Select(item => item?.GetType()).ShouldBe((value as IList)!.Cast<object?>().Select(item => item?.GetType()));
    }

    [Fact]
    public void An_object_of_this_process_does_not_travel_and_is_named()
    {
        ValueWriter.TryWrite([new List<object?> { new MemoryStream() }], out _, out var obstacle).ShouldBeFalse();

        obstacle.ShouldBe("a System.IO.MemoryStream");
    }

    [Theory]
    [InlineData("""[{"System.IO.MemoryStream":"x"}]""")]
    [InlineData("""[{"System.Object[]":["x"]}]""")]
    [InlineData("""[{"i32":"a"}]""")]
    [InlineData("""[{"i32":"99999999999"}]""")]
    [InlineData("""[{"char":""}]""")]
    [InlineData("[1,2]")]
    [InlineData("{}")]
    public void What_was_not_written_so_is_refused_and_never_chooses_a_type(string json) => Should.Throw<FormatException>(() => Read(json));

    [Theory]
    [InlineData(typeof(long), true)]
    [InlineData(typeof(object), true)]
    [InlineData(typeof(List<string>), true)]
    [InlineData(typeof(IReadOnlyDictionary<string, object>), true)]
    [InlineData(typeof(int?), true)]
    [InlineData(typeof(double[]), true)]
    [InlineData(typeof(Stream), false)]
    [InlineData(typeof(IEnumerator), false)]
    [InlineData(typeof(Func<int>), false)]
    [InlineData(typeof(List<Stream>), false)]
    public void Declared_types_say_what_may_travel(Type type, bool may) => Travelling.MayTravel(type).ShouldBe(may);

    private static object? Read(string json)
    {
        var values = new object?[1];
        using var document = JsonDocument.Parse(json);
        ValueReader.Read(document.RootElement, values);
        return values[0];
    }
}
