namespace Sluice.Hocon.Tests;

public sealed class BinderSpecs
{
    private const string Complete =
        """
        sluice.pool {
          batch-size = 100
          batch-age = 1s
          max-size = 64 MiB
          overflow = drop-oldest
          save-unsent-data = on
          jitter = 0.25
          hosts = [a, b]
          weights = { a = 1, "b.c" = 2 }
          retry { attempts = 3, delay = 250 ms, buffer = 4 kB }
          sinks {
            disk { type = file, order = 1, path = out.jsonl }
            web { type = http, order = 2, url = "http://127.0.0.1:8077/", timeout = 5s }
          }
        }
        """;

    private static PoolSettings Bind(string overrides = "") => ConfigurationFactory.ParseString(overrides, "pool.conf")
        .WithFallback(ConfigurationFactory.ParseString(Complete, "reference.conf"))
        .Bind<PoolSettings>("sluice.pool");

    private static string MistakeIn(string overrides) => Should.Throw<ConfigException>(() => Bind(overrides)).Message;

    [Fact]
    public void A_record_is_built_from_kebab_case_keys()
    {
        var settings = Bind();

        settings.BatchSize.ShouldBe(100);
        settings.BatchAge.ShouldBe(TimeSpan.FromSeconds(1));
        settings.MaxSize.ShouldBe(64 * 1024 * 1024);
        settings.Overflow.ShouldBe(Overflow.DropOldest);
        settings.SaveUnsentData.ShouldBeTrue();
        settings.Jitter.ShouldBe(0.25);
    }

    [Fact]
    public void Nullable_settings_may_be_left_out_or_null()
    {
        Bind().Name.ShouldBeNull();
        Bind("sluice.pool.limit = null").Limit.ShouldBeNull();
        Bind("sluice.pool { name = x, limit = 7 }").ShouldSatisfyAllConditions(
            settings => settings.Name.ShouldBe("x"), settings => settings.Limit.ShouldBe(7));
    }

    [Fact]
    public void Lists_and_dictionaries_are_filled_in_order()
    {
        var settings = Bind();

        settings.Hosts.ShouldBe(["a", "b"]);
        settings.Weights.ShouldBe(new Dictionary<string, int> { ["a"] = 1, ["b.c"] = 2 });
        settings.Sinks.Keys.ShouldBe(["disk", "web"]);
    }

    [Fact]
    public void An_object_with_numbered_keys_stands_for_a_list() =>
        Bind("sluice.pool.hosts = null, sluice.pool.hosts { 1 = y, 0 = x }").Hosts.ShouldBe(["x", "y"]);

    [Fact]
    public void A_record_with_a_primary_constructor_takes_its_defaults() =>
        Bind().Retry.ShouldBe(new RetrySettings(3, TimeSpan.FromMilliseconds(250), 4000, Note: null, Forever: true));

    [Fact]
    public void An_abstract_record_becomes_what_its_type_says()
    {
        var sinks = Bind().Sinks;

        sinks["disk"].ShouldBe(new FileSinkSettings { Order = 1, Path = "out.jsonl" });
        sinks["web"].ShouldBeOfType<HttpSinkSettings>().Url.ShouldBe(new Uri("http://127.0.0.1:8077/"));
    }

    [Fact]
    public void Settings_not_required_keep_their_own_default() =>
        Bind().Sinks["web"].ShouldBeOfType<HttpSinkSettings>().Codes.ShouldBe([200]);

    [Theory]
    [InlineData("sluice.pool.batch-size = fast", "pool.conf:1:26: 'sluice.pool.batch-size' is 'fast': a whole number is expected.")]
    [InlineData("sluice.pool.batch-size = 1.5", "pool.conf:1:26: 'sluice.pool.batch-size' is '1.5': a whole number is expected.")]
    [InlineData("sluice.pool.batch-size = [1]", "pool.conf:1:26: 'sluice.pool.batch-size' is a list: a whole number is expected.")]
    [InlineData("sluice.pool.batch-size = null", "pool.conf:1:26: 'sluice.pool.batch-size' is null: a whole number is expected.")]
    [InlineData(
        "sluice.pool.batch-size = 3000000000",
        "pool.conf:1:26: 'sluice.pool.batch-size' is '3000000000': a whole number from -2147483648 to 2147483647 is expected.")]
    [InlineData("sluice.pool.batch-size = 0", "pool.conf:1:26: 'sluice.pool.batch-size' is '0': a whole number from 1 to 10000 is expected.")]
    [InlineData(
        "sluice.pool\n{\n  batch-age: fast }",
        "pool.conf:3:14: 'sluice.pool.batch-age' is 'fast': a duration such as '5s' or '250 ms' is expected.")]
    [InlineData("sluice.pool.batch-age = -1s", "pool.conf:1:25: 'sluice.pool.batch-age' is '-1s': a duration such as '5s' or '250 ms' is expected.")]
    [InlineData("sluice.pool.batch-age = 2h", "pool.conf:1:25: 'sluice.pool.batch-age' is '2h': a duration from 1ms to 1h is expected.")]
    [InlineData(
        "sluice.pool.max-size = big", "pool.conf:1:24: 'sluice.pool.max-size' is 'big': a size such as '64 MiB' or '512kB' is expected.")]
    [InlineData(
        "sluice.pool.overflow = DropOldest",
        "pool.conf:1:24: 'sluice.pool.overflow' is 'DropOldest': 'wait', 'drop-oldest' or 'fail' is expected.")]
    [InlineData("sluice.pool.save-unsent-data = maybe", "pool.conf:1:32: 'sluice.pool.save-unsent-data' is 'maybe': 'true' or 'false' is expected.")]
    [InlineData("sluice.pool.hosts = a", "pool.conf:1:21: 'sluice.pool.hosts' is 'a': a list such as '[a, b]' is expected.")]
    [InlineData("sluice.pool.hosts = [a, {}]", "pool.conf:1:25: 'sluice.pool.hosts.1' is an object: a text is expected.")]
    [InlineData("sluice.pool.retry = 3", "pool.conf:1:21: 'sluice.pool.retry' is '3': an object is expected.")]
    [InlineData(
        "sluice.pool.sinks.web.url = here",
        "pool.conf:1:29: 'sluice.pool.sinks.web.url' is 'here': a URI such as 'http://127.0.0.1:8077/' is expected.")]
    [InlineData("sluice.pool.sinks.web.codes = []", "pool.conf:1:31: 'sluice.pool.sinks.web.codes' is refused: at least one code is expected.")]
    [InlineData("sluice.pool.sinks.x.type = htpp", "pool.conf:1:28: 'sluice.pool.sinks.x.type' is 'htpp': 'file' or 'http' is expected.")]
    [InlineData("sluice.pool.sinks.x { path = y }", "pool.conf:1:21: 'sluice.pool.sinks.x.type' is missing: 'file' or 'http' is expected.")]
    [InlineData(
        "sluice.pool.sinks.x { type = file, order = 1 }", "pool.conf:1:21: 'sluice.pool.sinks.x.path' is missing: a text is expected.")]
    [InlineData("sluice.pool.batch-siez = 1", "pool.conf:1:26: 'sluice.pool.batch-siez' is not a known key: did you mean 'batch-size'?")]
    [InlineData(
        "sluice.pool.retry.colour = red",
        "pool.conf:1:28: 'sluice.pool.retry.colour' is not a known key: 'attempts', 'delay', 'buffer', 'note' or 'forever' is expected.")]
    public void A_mistake_is_told_with_place_key_and_remedy(string overrides, string message) => MistakeIn(overrides).ShouldBe(message);

    [Fact]
    public void A_mistake_in_a_default_names_the_reference() =>
        Should.Throw<ConfigException>(() => ConfigurationFactory.ParseString("a { }")
                .WithFallback(ConfigurationFactory.FromResource<BinderSpecs>())
                .GetInt("a.size"))
            .Message.ShouldBe("reference.conf of Sluice.Hocon.Tests:3:10: 'a.size' is 'large': a whole number is expected.");

    [Fact]
    public void A_mistake_carries_file_line_column_and_key()
    {
        var mistake = Should.Throw<ConfigException>(() => Bind("\nsluice.pool.retry.attempts = x"));

        (mistake.File, mistake.Line, mistake.Column, mistake.Key).ShouldBe(("pool.conf", 2, 30, "sluice.pool.retry.attempts"));
    }

    [Fact]
    public void A_value_from_the_environment_names_the_variable() =>
        Should.Throw<ConfigException>(() => ConfigurationFactory.ParseString("a = ${SIZE}", "pool.conf")
                .WithEnvironment(name => name == "SIZE" ? "large" : null)
                .GetInt("a"))
            .Message.ShouldBe("pool.conf:1:5 (environment variable SIZE): 'a' is 'large': a whole number is expected.");

    [Fact]
    public void A_cut_configuration_still_tells_the_full_key() =>
        Should.Throw<ConfigException>(() => ConfigurationFactory.ParseString("a.b.c = x", "pool.conf").GetConfig("a").GetConfig("b").GetInt("c"))
            .Message.ShouldBe("pool.conf:1:9: 'a.b.c' is 'x': a whole number is expected.");

    [Fact]
    public void A_missing_object_is_a_mistake() =>
        Should.Throw<ConfigException>(() => ConfigurationFactory.ParseString("a = 1", "pool.conf").Bind<RetrySettings>("b"))
            .Message.ShouldBe("pool.conf:1:1: 'b' is missing: an object is expected.");
}
