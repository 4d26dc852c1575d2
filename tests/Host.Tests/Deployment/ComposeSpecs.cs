using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Sluice.Host.Tests.Deployment;

/// <summary>The compose file has the structure that the compose specification asks for, and what we promise of it.</summary>
public sealed partial class ComposeSpecs
{
    private static readonly Dictionary<object, object> File = Read();

    private static Dictionary<object, object> Services => Section(File, "services");

    public static TheoryData<string> Names => [.. Services.Keys.Cast<string>()];

    public static TheoryData<string> Members => ["a", "b", "c"];

    [Fact]
    public void It_has_three_members_a_broker_and_a_database() =>
        Services.Keys.Cast<string>().ShouldBe(["a", "b", "c", "rabbitmq", "postgres"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_service_has_only_keys_of_the_specification(string name)
    {
        string[] known =
        [
            "build", "image", "user", "restart", "read_only", "tmpfs", "cap_drop", "security_opt", "networks", "stop_grace_period", "secrets", "depends_on", "command",
            "entrypoint", "environment", "healthcheck", "volumes", "hostname", "configs",
        ];

        Service(name).Keys.Cast<string>().Except(known).ShouldBeEmpty();
        File.Keys.Cast<string>().Where(key => !key.StartsWith("x-", StringComparison.Ordinal))
            .Except(["name", "services", "networks", "volumes", "configs", "secrets"]).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_service_is_not_root_and_shows_whether_it_is_well(string name)
    {
        var service = Service(name);

        service["user"].ShouldBeOfType<string>().ShouldMatch("^[1-9][0-9]*:[1-9][0-9]*$");
        var health = Section(service, "healthcheck");
        health.Keys.Cast<string>().ShouldBe(["test", "interval", "timeout", "start_period", "retries"], ignoreOrder: true);
        List(health, "test")[0].ShouldBeOneOf("CMD", "CMD-SHELL");
        health.Where(entry => (string)entry.Key is "interval" or "timeout" or "start_period").ShouldAllBe(entry => Duration().IsMatch((string)entry.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_service_refers_to_is_there(string name)
    {
        var service = Service(name);

        List(service, "networks").ShouldBeSubsetOf(Keys("networks"));
        List(service, "secrets").ShouldBeSubsetOf(Keys("secrets"));
        List(service, "volumes").Select(volume => volume.Split(':')[0]).ShouldBeSubsetOf(Keys("volumes"));
        if (service.TryGetValue("configs", out var configs))
        {
            ((List<object>)configs).Select(config => (string)((Dictionary<object, object>)config)["source"]).ShouldBeSubsetOf(Keys("configs"));
        }
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_waits_until_broker_and_database_are_well(string member)
    {
        var waits = Section(Service(member), "depends_on");

        waits.Keys.Cast<string>().ShouldBe(["rabbitmq", "postgres"], ignoreOrder: true);
        waits.Values.ShouldAllBe(one => (string)((Dictionary<object, object>)one)["condition"] == "service_healthy");
    }

    [Theory]
    [MemberData(nameof(Members))]
    public void A_member_is_told_only_what_its_configuration_reads(string member)
    {
        var configuration = System.IO.File.ReadAllText(Path.Combine(Checkout.Root, "hocon", "cluster.conf"));
        string[] readByLibraries = ["PGPASSFILE", "SLUICE_RABBITMQ_USER"];

        var unread = Section(Service(member), "environment").Keys.Cast<string>().Except(readByLibraries)
            .Where(variable => !configuration.Contains($"${{?{IndexedVariable().Replace(variable, "[]")}}}", StringComparison.Ordinal));

        unread.ShouldBeEmpty();
        List(Service(member), "command").ShouldContain(member);
    }

    [Fact]
    public void No_password_stands_in_it()
    {
        Section(File, "secrets").Values.ShouldAllBe(secret => ((Dictionary<object, object>)secret).ContainsKey("file"));
        foreach (var service in Services.Values.Cast<Dictionary<object, object>>())
        {
            Section(service, "environment").Keys.Cast<string>().Where(name => name.Contains("PASS", StringComparison.Ordinal))
                .ShouldAllBe(name => name.EndsWith("FILE", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_image_is_built_in_stages_and_runs_without_rights()
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(Checkout.Root, "Dockerfile"));

        lines.Count(line => line.StartsWith("FROM ", StringComparison.Ordinal)).ShouldBe(2);
        lines.ShouldContain("USER $APP_UID");
        foreach (var copied in lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]))
        {
            Path.Exists(Path.Combine(Checkout.Root, copied)).ShouldBeTrue(copied);
        }
    }

    private static Dictionary<object, object> Read()
    {
        var text = System.IO.File.ReadAllText(Path.Combine(Checkout.Root, "cluster-compose.yml"));
        var parser = new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(new StringReader(text)));
        return new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(parser);
    }

    private static Dictionary<object, object> Service(string name) => Section(Services, name);

    private static Dictionary<object, object> Section(Dictionary<object, object> of, string key) => (Dictionary<object, object>)of[key];

    private static string[] List(Dictionary<object, object> of, string key) => [.. ((List<object>)of[key]).Cast<string>()];

    private static string[] Keys(string section) => [.. Section(File, section).Keys.Cast<string>()];

    [GeneratedRegex("^[0-9]+(s|m)$")]
    private static partial Regex Duration();

    [GeneratedRegex("_[0-9]+$")]
    private static partial Regex IndexedVariable();
}
