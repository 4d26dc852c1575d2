using Sluice.Hocon;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>Settings as configuration makes them: a section on top of the reference.</summary>
internal static class Configured
{
    /// <summary>So patient that nothing that is only slow, a member, a broker or a disk, looks like a fault.</summary>
    private const string Patient = """
        connection { connect-timeout = 60s, heartbeat = 60s }
        answer-timeout = 60s
        return-timeout = 60s
        confirm-timeout = 60s
        """;

    public static RabbitMqTransportSettings Settings(string section = "") =>
        ConfigurationFactory.ParseString(section)
            .WithFallback(ConfigurationFactory.FromResource<RabbitMqTransport>().GetConfig("sluice.cluster.rabbitmq"))
            .Bind<RabbitMqTransportSettings>();

    /// <summary>A patient transport, but for what the section says.</summary>
    public static RabbitMqTransport Transport(Broker broker, int port, string section = "") =>
        new(Settings($"{Patient}\nconnection.hosts = [\"127.0.0.1:{port}\"]\n{section}"), name => Variable(broker, name), TimeProvider.System);

    public static string? Variable(Broker broker, string name) => name switch
    {
        "SLUICE_RABBITMQ_USER" => broker.User,
        "SLUICE_RABBITMQ_PASSWORD" => broker.Password,
        _ => null,
    };
}
