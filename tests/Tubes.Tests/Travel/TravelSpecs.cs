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

    public static TheoryData<object> OwnValues =>
    [
        new Address("Main Street", 5), new Person("Ada", new Address("x", null), Mood.Calm, ["a", "b"]), Mood.Wild, new Pair { First = 1, Second = double.NaN },
        new Reading(1.5, DateTimeOffset.UnixEpoch), (1, "two"), (new Address("y", 1), Mood.Calm), new List<Address> { new("z", 2) },
        new[] { new Address("q", 3) }, new Dictionary<string, Address> { ["k"] = new("v", 4) }, new Dictionary<string, int> { ["one"] = 1 },
    ];

    [Theory]
    [MemberData(nameof(OwnValues))]
    public void A_value_of_the_codes_own_types_comes_back_equal_and_of_its_type(object value)
    {
        ValueWriter.TryWrite([new List<object?> { value }], Own, out var json, out var obstacle).ShouldBeTrue(obstacle);

        var back = ((List<object?>)Read(json.GetRawText(), Own)!).Single();

        back.ShouldBeOfType(value.GetType());
        JsonSerializer.Serialize(back, ValueTypes.Json).ShouldBe(JsonSerializer.Serialize(value, ValueTypes.Json));
    }

    public static TheoryData<object> KeptValues => [new Secretive(3), new Dog("d"), new Animal("a"), new Holder(new object()), DayOfWeek.Friday, Enumerable.Range(0, 2).Where(number => number > 0)];

    [Theory]
    [MemberData(nameof(KeptValues))]
    public void A_value_that_would_not_come_back_whole_stays_and_is_named(object value)
    {
        ValueWriter.TryWrite([value], Own, out _, out var obstacle).ShouldBeFalse();

        obstacle.ShouldBe($"a {value.GetType()}");
    }

    [Theory]
    [InlineData("""[{"=System.IO.FileInfo":{}}]""")]
    [InlineData("""[{"=list(System.IO.FileInfo)":[]}]""")]
    [InlineData("""[{"=Sluice.Tubes.Tests.Samples.Secretive":{}}]""")]
    [InlineData("""[{"=list(i32":[]}]""")]
    [InlineData("""[{"=list(i32))":[]}]""")]
    [InlineData("""[{"=list(i32,i32)":[]}]""")]
    [InlineData("""[{"=maybe(text)":null}]""")]
    [InlineData("""[{"=":1}]""")]
    [InlineData("""[{"=list(list(list(list(list(list(list(list(list(list(list(list(list(list(list(list(list(list(i32))))))))))))))))))":[]}]""")]
    [InlineData("""[{"=Sluice.Tubes.Tests.Samples.Address":[1]}]""")]
    public void What_arrives_never_chooses_a_type_that_is_not_the_codes_own(string json) => Should.Throw<FormatException>(() => Read(json, Own));

    private static ValueTypes Own => ValueTypes.Of(typeof(Address).Assembly);

    private static object? Read(string json, ValueTypes? types = null)
    {
        var values = new object?[1];
        using var document = JsonDocument.Parse(json);
        ValueReader.Read(document.RootElement, values, types ?? ValueTypes.Plain);
        return values[0];
    }
}
