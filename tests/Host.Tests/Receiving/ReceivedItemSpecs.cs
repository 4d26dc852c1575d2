using System.Text;
using System.Text.Json;
using Sluice.Host.Receiving;

namespace Sluice.Host.Tests.Receiving;

public sealed class ReceivedItemSpecs
{
    [Fact]
    public void One_json_value_is_one_item_under_the_header_s_key() =>
        Parse("""{"a":1}""", "k").ShouldBe([("k", """{"a":1}""")]);

    [Fact]
    public void Each_line_is_an_item_and_only_the_first_has_the_key_as_it_is() =>
        Parse("1\n2\n\n3\n", "k").ShouldBe([("k", "1"), ("k#1", "2"), ("k#2", "3")]);

    [Fact]
    public void A_keyed_line_brings_its_own_key() =>
        Parse("""{"key":"x","item":[1]}""" + "\n" + """{"key":"y","item":null}""", "k").ShouldBe([("x", "[1]"), ("y", "null")]);

    [Fact]
    public void Without_a_header_an_item_has_no_key() =>
        Parse("true", null).ShouldBe([(null, "true")]);

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("{")]
    [InlineData("1 nonsense")]
    public void What_is_not_json_is_refused(string body) => Should.Throw<JsonException>(() => Parse(body, "k"));

    private static IEnumerable<(string? Key, string Item)> Parse(string body, string? key) =>
        [.. ReceivedItem.Parse(Encoding.UTF8.GetBytes(body), key).Select(item => (item.Key, item.Item.GetRawText()))];
}
