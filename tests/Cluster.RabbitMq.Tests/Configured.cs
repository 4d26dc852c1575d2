using Sluice.Hocon;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>Settings as configuration makes them: a section on top of the reference.</summary>
internal static class Configured
{
    public static RabbitMqTransportSettings Settings(string section = "") =>
        ConfigurationFactory.ParseString(section)
            .WithFallback(ConfigurationFactory.FromResource<RabbitMqTransport>().GetConfig("sluice.cluster.rabbitmq"))
            .Bind<RabbitMqTransportSettings>();

    public static RabbitMqTransport Transport(Broker broker, int port, string section = "") =>
        new(Settings($"connection.hosts = [\"127.0.0.1:{port}\"]\n{section}"), name => Variable(broker, name), TimeProvider.System);

    public static string? Variable(Broker broker, string name) => name switch
    {
        "SLUICE_RABBITMQ_USER" => broker.User,
        "SLUICE_RABBITMQ_PASSWORD" => broker.Password,
        _ => null,
    };
}
