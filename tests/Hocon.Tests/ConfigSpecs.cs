using Microsoft.Extensions.Configuration;
using Sluice.Hocon.Configuration;

namespace Sluice.Hocon.Tests;

/// <summary>The specification's chapters "API recommendations" and what Akka.NET's dialect makes of them.</summary>
public sealed class ConfigSpecs
{
    private static Config Of(string hocon) => ConfigurationFactory.ParseString(hocon, "a.conf");

    [Theory]
    [InlineData("1ns", 0)]
    [InlineData("100ns", 1)]
    [InlineData("1 us", 10)]
    [InlineData("1 micros", 10)]
    [InlineData("5", 50_000)]
    [InlineData("\" 5 \"", 50_000)]
    [InlineData("1.5 ms", 15_000)]
    [InlineData("250 millis", 2_500_000)]
    [InlineData("1s", 10_000_000)]
    [InlineData("-2 seconds", -20_000_000)]
    [InlineData("2 minutes", 1_200_000_000)]
    [InlineData("1m", 600_000_000)]
    [InlineData("1h", 36_000_000_000)]
    [InlineData("1 day", 864_000_000_000)]
    public void Durations_have_units(string text, long ticks) => Of($"a = {text}").GetTimeSpan("a").Ticks.ShouldBe(ticks);

    [Theory]
    [InlineData("1S")]
    [InlineData("1 fortnight")]
    [InlineData("s")]
    [InlineData("01s")]
    [InlineData("1 s s")]
    [InlineData("1000000000 d")]
    [InlineData("1e300 s")]
    [InlineData("true")]
    [InlineData("[1]")]
    public void Anything_else_is_no_duration(string text) => Should.Throw<ConfigException>(() => Of($"a = {text}").GetTimeSpan("a"))
        .Message.ShouldEndWith(": a duration such as '5s' or '250 ms', or 'infinite', is expected.");

    [Fact]
    public void Infinite_is_a_duration_unless_it_is_ruled_out()
    {
        Of("a = infinite").GetTimeSpan("a").ShouldBe(Timeout.InfiniteTimeSpan);
        Should.Throw<ConfigException>(() => Of("a = infinite").GetTimeSpan("a", allowInfinite: false));
    }

    [Theory]
    [InlineData("1", 1)]
    [InlineData("1 B", 1)]
    [InlineData("1 byte", 1)]
    [InlineData("1kB", 1000)]
    [InlineData("1 kilobytes", 1000)]
    [InlineData("1K", 1024)]
    [InlineData("1k", 1024)]
    [InlineData("1KiB", 1024)]
    [InlineData("64 MiB", 67_108_864)]
    [InlineData("1.5 GB", 1_500_000_000)]
    [InlineData("2g", 2_147_483_648)]
    [InlineData("7 EiB", 8_070_450_532_247_928_832)]
    public void Sizes_have_units(string text, long bytes) => Of($"a = {text}").GetByteSize("a").ShouldBe(bytes);

    [Theory]
    [InlineData("1 KB")]
    [InlineData("1 ZB")]
    [InlineData("0.5")]
    [InlineData("much")]
    public void Anything_else_is_no_size(string text) => Should.Throw<ConfigException>(() => Of($"a = {text}").GetByteSize("a"))
        .Message.ShouldBe($"a.conf:1:5: 'a' is '{text}': a size such as '64 MiB' or '512kB' is expected.");

    [Fact]
    public void Texts_and_numbers_and_booleans_convert()
    {
        var config = Of("i = \"42\", e = 1e3, d = 5.0, f = \"0.5\", t = yes, o = off, s = 1.50, l = 9223372036854775807");

        config.GetInt("i").ShouldBe(42);
        config.GetInt("e").ShouldBe(1000);
        config.GetInt("d").ShouldBe(5);
        config.GetDouble("f").ShouldBe(0.5);
        config.GetBoolean("t").ShouldBeTrue();
        config.GetBoolean("o").ShouldBeFalse();
        config.GetString("s").ShouldBe("1.50");
        config.GetLong("l").ShouldBe(long.MaxValue);
    }

    [Fact]
    public void Numbers_are_those_of_json() => Should.Throw<ConfigException>(() => Of("a = NaN").GetDouble("a"))
        .Message.ShouldBe("a.conf:1:5: 'a' is 'NaN': a number is expected.");

    [Fact]
    public void A_missing_key_is_a_mistake_unless_a_default_is_given()
    {
        var config = Of("a { b = null }");

        Should.Throw<ConfigException>(() => config.GetInt("a.b")).Message.ShouldBe("a.conf:1:3: 'a.b' is missing: a whole number is expected.");
        config.GetInt("a.b", 1).ShouldBe(1);
        config.GetString("x", null).ShouldBeNull();
        config.GetLong("x", 2).ShouldBe(2);
        config.GetDouble("x", 0.5).ShouldBe(0.5);
        config.GetBoolean("x", true).ShouldBeTrue();
        config.GetTimeSpan("x", TimeSpan.FromSeconds(1)).ShouldBe(TimeSpan.FromSeconds(1));
        config.GetByteSize("x", 3).ShouldBe(3);
        config.GetStringList("x", ["y"]).ShouldBe(["y"]);
    }

    [Fact]
    public void A_default_does_not_cover_up_a_wrong_type() => Should.Throw<ConfigException>(() => Of("a = x").GetInt("a", 1));

    [Fact]
    public void Lists_are_read_as_texts() => Of("a = [1, x, true], b { 1 = y, 0 = x }").ShouldSatisfyAllConditions(
        config => config.GetStringList("a").ShouldBe(["1", "x", "true"]), config => config.GetStringList("b").ShouldBe(["x", "y"]));

    [Fact]
    public void A_key_with_a_dot_is_quoted_in_a_path() => Of("a.\"b.c\" = 1").ShouldSatisfyAllConditions(
        config => config.GetInt("a.\"b.c\"").ShouldBe(1), config => config.HasPath("a.b.c").ShouldBeFalse());

    [Fact]
    public void A_path_that_is_none_is_a_mistake() => Should.Throw<ConfigException>(() => ConfigurationFactory.Empty.GetInt("a..b"))
        .Message.ShouldStartWith("path 'a..b':1:1: this path begins or ends with '.'");

    [Fact]
    public void A_part_may_be_cut_out() => Of("a { b { c = 1 } }").ShouldSatisfyAllConditions(
        config => config.GetConfig("a.b").GetInt("c").ShouldBe(1), config => config.GetConfig("x").IsEmpty.ShouldBeTrue());

    [Fact]
    public void Fallbacks_supply_what_is_missing_and_objects_merge() =>
        Compact.Of(Of("a { x = 1 }, b = [1]").WithFallback(Of("a { x = 2, y = 2 }, b = [2], c = 3")).Root)
            .ShouldBe("{a:{x:1,y:2},b:[1],c:3}");

    [Theory]
    [InlineData("a { x = 1 }", "a = 42", "a { y = 2 }", "{a:{x:1}}")]
    [InlineData("a { x = 1 }", "a { y = 2 }", "a = 42", "{a:{y:2,x:1}}")]
    public void A_plain_value_between_objects_keeps_them_apart(string first, string second, string third, string expected)
    {
        Compact.Of(Of(first).WithFallback(Of(second)).WithFallback(Of(third)).Root).ShouldBe(expected);
        Compact.Of(Of(first).WithFallback(Of(second).WithFallback(Of(third))).Root).ShouldBe(expected);
    }

    [Fact]
    public void A_substitution_may_be_defined_by_a_fallback_and_the_other_way_round() =>
        Compact.Of(Of("a = ${b}, d = 2").WithFallback(Of("b = 1, c = ${d}, d = 0")).Root).ShouldBe("{b:1,c:2,d:2,a:1}");

    [Fact]
    public void A_value_may_extend_that_of_its_fallback() =>
        Compact.Of(Of("l += 2, s = ${s}b").WithFallback(Of("l = [1], s = a")).Root).ShouldBe("{l:[1,2],s:'ab'}");

    [Fact]
    public void An_undefined_optional_substitution_leaves_the_fallback() =>
        Of("a = ${?NOT_SET_ANYWHERE}").WithFallback(Of("a = 1")).GetInt("a").ShouldBe(1);

    [Fact]
    public void A_cut_part_falls_back_too() =>
        Of("a { x = 1, l = [1] }").GetConfig("a").WithFallback(Of("b { y = 2, l = [2] }").GetConfig("b")).ShouldSatisfyAllConditions(
            config => config.GetInt("x").ShouldBe(1),
            config => config.GetInt("y").ShouldBe(2),
            config => config.GetStringList("l").ShouldBe(["1"]));

    [Fact]
    public void Resolve_finds_mistakes_before_the_first_read() => Should.Throw<ConfigException>(() => Of("a = ${b}").Resolve());

    [Fact]
    public void An_object_of_the_program_becomes_a_configuration()
    {
        string[] hosts = ["a"];
        var config = ConfigurationFactory.FromObject(new { BatchSize = 5, MaxAge = TimeSpan.FromSeconds(1.5), Hosts = hosts, Mode = Overflow.DropOldest });

        config.GetInt("batch-size").ShouldBe(5);
        config.GetTimeSpan("max-age").ShouldBe(TimeSpan.FromSeconds(1.5));
        config.GetStringList("hosts").ShouldBe(["a"]);
        config.GetString("mode").ShouldBe("drop-oldest");
    }

    [Fact]
    public void What_is_rendered_tells_origins_and_hides_secrets() =>
        Of("a { b = 1, \"c d\" = [x, {}] }, db { password = pw, url = \"amqp://me:pw@host/\" }, n = null")
            .WithFallback(ConfigurationFactory.ParseString("a { e = yes }", "reference.conf of Sluice.Kernel")).Render().ShouldBe(
            """
            a {
              e = "yes"  # reference.conf of Sluice.Kernel:1:9
              b = 1  # a.conf:1:9
              "c d" = [
                "x"  # a.conf:1:21
                {
                }
              ]
            }
            db {
              password = "***"  # a.conf:1:47
              url = "amqp://***@host/"  # a.conf:1:57
            }
            n = null  # a.conf:1:85

            """);

    [Theory]
    [InlineData("a { b = [1, [x], {}, { y = \"q\\\"\\n\\u0001\" }], \"c.d\" = null, include_ = -1e3, \"include\" = \"true\" }")]
    [InlineData("\"\" { \"\" = \"${x} # //\" }")]
    public void What_is_rendered_reads_back_the_same(string hocon)
    {
        var config = Of(hocon);

        Compact.Of(Of(config.Render()).Root).ShouldBe(Compact.Of(config.Root));
    }

    [Fact]
    public void Hocon_is_a_source_of_the_frameworks_configuration()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("sluice-hocon-").FullName, "app.conf");
        File.WriteAllText(path, "logging.level = debug, hosts = [a, { port = ${port} }], port = 1");

        var configuration = new ConfigurationBuilder().AddHocon(Of("port = 0, extra = x")).AddHoconFile(path).AddHoconFile("missing.conf", optional: true).Build();

        configuration["Logging:Level"].ShouldBe("debug");
        configuration["hosts:0"].ShouldBe("a");
        configuration["hosts:1:port"].ShouldBe("1");
        configuration["port"].ShouldBe("1");
        configuration["extra"].ShouldBe("x");
        Directory.Delete(Path.GetDirectoryName(path) ?? path, recursive: true);
    }
}
