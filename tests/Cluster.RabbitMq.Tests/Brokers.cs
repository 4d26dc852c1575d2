using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>One broker for all tests of the collection, which run one after the other.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    public Broker Broker { get; private set; } = null!;

    /// <summary>Whose certificates the broker presents and asks for where it listens with TLS.</summary>
    public CertificateAuthority Authority { get; } = new();

    public async Task InitializeAsync() => Broker = await Broker.StartAsync(new() { Tls = Authority });

    public async Task DisposeAsync()
    {
        await Broker.DisposeAsync();
        Authority.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrokerCollection : ICollectionFixture<BrokerFixture>
{
    public const string Name = "one broker";
}
