using System.Diagnostics.CodeAnalysis;

namespace Sluice.Hocon.Tests;

public sealed class LimitSpecs
{
    /// <summary>Parses and resolves on the smallest stack that a thread of ours may have.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Handed over to the test's own thread.")]
    private static HoconObject OnSmallStack(string hocon)
    {
        HoconObject? root = null;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    root = ConfigurationFactory.ParseString(hocon, "a.conf").Root;
                }
                catch (Exception error)
                {
                    failure = error;
                }
            },
            maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();
        return failure is null ? root.ShouldNotBeNull() : throw failure;
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{ a = ", "}")]
    [InlineData("[{ a = ", "}]")]
    public void Two_hundred_levels_are_fine(string open, string close)
    {
        var times = 200 / (open.Length > 3 && open[0] == '[' ? 2 : 1);

        OnSmallStack($"a = {Repeat(open, times)} 1 {Repeat(close, times)}").Fields.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{ a = ")]
    [InlineData("{ a.b.c.d = ")]
    [InlineData("[{ a += ")]
    [InlineData("{ a {} { b = ")]
    public void Deeper_nesting_is_refused(string open) =>
        Should.Throw<ConfigException>(() => OnSmallStack($"a = {Repeat(open, 100_000)}"))
            .Message.ShouldEndWith(": objects and lists nest more than 256 levels deep here: that is the limit.");

    [Fact]
    public void A_path_of_too_many_keys_is_refused() =>
        Should.Throw<ConfigException>(() => OnSmallStack($"{Repeat("a.", 100_000)}a = 1"))
            .Message.ShouldBe("a.conf:1:1: a path of 100001 keys is refused: 256 is the limit.");

    [Fact]
    public void A_long_chain_of_substitutions_is_refused()
    {
        var chain = string.Join('\n', Enumerable.Range(0, 10_000).Select(i => $"a{i} = ${{a{i + 1}}}"));

        Should.Throw<ConfigException>(() => OnSmallStack($"{chain}\na10000 = 1"))
            .Message.ShouldEndWith("more than 400 substitutions depend on each other here: that is the limit.");
    }

    [Fact]
    public void A_chain_of_three_hundred_substitutions_is_fine()
    {
        var chain = string.Join('\n', Enumerable.Range(0, 300).Select(i => $"a{i} = x${{a{i + 1}}} {{}}".Replace("x$", "${?no} $", StringComparison.Ordinal)));

        OnSmallStack($"{chain}\na300 = {{ b = 1 }}").Fields.Count.ShouldBe(301);
    }

    [Fact]
    public void A_chain_written_in_the_order_of_use_may_be_of_any_length()
    {
        var chain = string.Join('\n', Enumerable.Range(1, 10_000).Select(i => $"a{i} = ${{a{i - 1}}}"));

        OnSmallStack($"a0 = 1\n{chain}").Fields.Count.ShouldBe(10_001);
    }

    [Theory]
    [InlineData("x0 = xxxxxxxxxxxxxxxx", "${before}${before}")]
    [InlineData("x0 = [1, 2, 3, 4]", "${before} ${before}")]
    public void Doubling_chains_are_refused(string first, string next) =>
        Should.Throw<ConfigException>(() => OnSmallStack($"{first}\n{Chain(next, 200)}"))
            .Message.ShouldEndWith(": the substitutions expand to more than 5000000 characters, elements and fields: that is the limit.");

    [Theory]
    [InlineData("${before} { a = 1 } ${before}")]
    [InlineData("{ l = [${before}, ${before}], r = ${before} }")]
    public void Values_that_are_used_twice_are_made_once(string next) =>
        OnSmallStack($"x0 = {{ a = 1 }}\n{Chain(next, 100)}").Fields.Count.ShouldBe(101);

    private static string Chain(string next, int length) => string.Join(
        '\n', Enumerable.Range(1, length).Select(i => $"x{i} = {next.Replace("before", $"x{i - 1}", StringComparison.Ordinal)}"));

    [Fact]
    public void Nesting_made_by_substitutions_is_refused()
    {
        var chain = string.Join('\n', Enumerable.Range(1, 300).Select(i => $"a{i} = {{ b = ${{a{i - 1}}} }}"));

        Should.Throw<ConfigException>(() => OnSmallStack($"a0 = 1\n{chain}"))
            .Message.ShouldContain("nest more than 256 levels deep here: that is the limit.");
    }

    [Fact]
    public void Many_appends_are_one_list() =>
        OnSmallStack($"a = []\n{Repeat("a += 1\n", 100_000)}").Fields["a"].ShouldBeOfType<HoconArray>().Items.Count.ShouldBe(100_000);

    [Theory]
    [InlineData("b ", 'b')]
    [InlineData("${x} ", '1')]
    public void A_line_of_many_parts_is_one_text(string part, char shown) =>
        OnSmallStack($"x = 1\na = {Repeat(part, 200_000)}").Fields["a"].ToString().ShouldBe(string.Join(' ', Enumerable.Repeat(shown, 200_000)));

    [Fact]
    public void A_line_of_many_objects_is_one_object() =>
        OnSmallStack($"x {{ y = 1 }}\na = {Repeat("${x} ", 200_000)}{Repeat("{ z = 1 }", 100_000)}").Fields["a"]
            .ShouldBeOfType<HoconObject>().Fields.Keys.ShouldBe(["y", "z"]);
}
