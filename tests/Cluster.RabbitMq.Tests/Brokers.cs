using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>One broker for all tests of the collection, which run one after the other.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    public Broker Broker { get; private set; } = null!;

    public async Task InitializeAsync() => Broker = await Broker.StartAsync();

    public async Task DisposeAsync() => await Broker.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class BrokerCollection : ICollectionFixture<BrokerFixture>
{
    public const string Name = "one broker";
}
