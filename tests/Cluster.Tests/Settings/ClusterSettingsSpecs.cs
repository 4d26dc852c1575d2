using Sluice.Cluster.Settings;
using Sluice.Hocon;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Tests.Settings;

public sealed class ClusterSettingsSpecs
{
    [Fact]
    public void The_reference_builds_the_settings()
    {
        var settings = ClusterSettings.From(null);

        settings.Name.ShouldBe("sluice");
        settings.HeartbeatInterval.ShouldBe(TimeSpan.FromSeconds(1));
        settings.Silence.ShouldBe(TimeSpan.FromSeconds(5));
        settings.WhenExpelled.ShouldBe(WhenExpelled.Rejoin);
        settings.Remoting.FrameBytes.ShouldBe(64 * 1024);
        settings.Sharding.NumberOfShards.ShouldBe(32);
    }

    [Theory]
    [InlineData("name = \"a b\"", "sluice.cluster.name is 'a b'")]
    [InlineData("member = \"a/b\"", "sluice.cluster.member is 'a/b'")]
    [InlineData("silence = 2s", "at least three heartbeat intervals")]
    [InlineData("remoting.frame-messages = 0", "sluice.cluster.remoting.frame-messages")]
    [InlineData("sharding.number-of-shards = 0", "sluice.cluster.sharding.number-of-shards")]
    [InlineData("sharding.hand-off-timeout = 0s", "sluice.cluster.sharding.hand-off-timeout")]
    public void A_setting_that_makes_no_sense_is_named_with_what_to_do(string setting, string expected) =>
        Should.Throw<ConfigurationException>(() => From(setting)).Message.ShouldContain(expected);

    [Fact]
    public void A_transport_s_own_keys_are_left_to_it() => From("rabbitmq.prefix = x").Name.ShouldBe("sluice");

    [Fact]
    public async Task Message_types_are_allowed_by_assembly_and_by_namespace()
    {
        var config = ConfigurationFactory.ParseString(
            """
            sluice.kernel.log-to-console = off
            sluice.cluster.messages { namespaces = ["Sluice.Cluster.Tests:Sluice.Cluster.Tests"] }
            """);
        await using var system = ActorSystem.Create("sluice", config);

        Cluster.Get(system).Messages.Allows(typeof(Unregistered)).ShouldBeTrue();
        Cluster.Get(system).Messages.Allows(typeof(Shape)).ShouldBeFalse("it has no values of its own");
    }

    [Theory]
    [InlineData("assemblies = [Nowhere]", "'Nowhere', which cannot be loaded")]
    [InlineData("namespaces = [\"Sluice.Cluster.Tests:Nothing.There\"]", "Nothing.There")]
    [InlineData("namespaces = [\"Nothing.There\"]", "write Assembly:Name.Space")]
    public async Task Message_types_that_are_not_there_are_named(string setting, string expected)
    {
        await using var system = ActorSystem.Create("sluice", ConfigurationFactory.ParseString($"sluice.kernel.log-to-console = off\nsluice.cluster.messages {{ {setting} }}"));

        Should.Throw<ConfigurationException>(() => Cluster.Get(system)).Message.ShouldContain(expected);
    }

    private static ClusterSettings From(string section) => ClusterSettings.From(ConfigurationFactory.ParseString($"sluice.cluster {{ {section} }}"));
}
