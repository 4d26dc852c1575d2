using Sluice.Cluster.RabbitMq;
using Sluice.Cluster.Transport;
using Sluice.Hocon;

namespace Sluice.Cluster.Bench;

/// <summary>Makes the transport as configuration says.</summary>
internal static class BenchTransport
{
    public static ITransport From(Config config) => new RabbitTransport(
        config.WithFallback(ConfigurationFactory.FromResource<RabbitTransport>()).GetConfig("sluice.cluster.rabbitmq").Bind<RabbitTransportSettings>(),
        Environment.GetEnvironmentVariable,
        TimeProvider.System);
}
