using Sluice.Rabbit;

namespace Sluice.Cluster.RabbitMq.Tests;

public sealed class SettingsSpecs
{
    [Fact]
    public void The_reference_has_every_key_of_the_transport()
    {
        var settings = Configured.Settings();

        settings.Grace.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        settings.MaxFrameBytes.ShouldBe(1 << 20);
        settings.Connection.Heartbeat.ShouldBe(TimeSpan.FromSeconds(2));
        settings.Connection.Tls.Enabled.ShouldBeFalse();
    }

    [Theory]
    [InlineData("prefix = \"a.b\"", "prefix")]
    [InlineData("grace = 0s", "grace")]
    [InlineData("return-timeout = 100ms", "return-timeout")]
    [InlineData("confirm-timeout = 0s", "confirm-timeout")]
    [InlineData("max-frame-bytes = 1 KiB", "max-frame-bytes")]
    [InlineData("connection.hosts = []", "hosts")]
    [InlineData("connection.heartbeat = 100ms", "heartbeat")]
    [InlineData("connection.user-variable = NOT_SET", "user-variable")]
    [InlineData("connection.password-file = \"/nowhere/password\"", "password-file")]
    [InlineData("connection.tls { enabled = true, certificate-file = \"/nowhere/own.pem\" }", "tls.certificate-file")]
    public void Settings_that_cannot_work_name_their_key(string section, string key)
    {
        var fault = Should.Throw<RabbitSettingsException>(() => new RabbitMqTransport(Configured.Settings(section), name => name == "NOT_SET" ? null : "x", TimeProvider.System));

        fault.Key.ShouldBe(key);
    }
}
