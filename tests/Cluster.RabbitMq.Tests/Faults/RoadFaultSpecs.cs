namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>The same faults on the roads that stand in for namespaces, also where those can be made: what is not run does not work.</summary>
[Collection(BrokerCollection.Name)]
public sealed class RoadFaultSpecs(BrokerFixture fixture) : NetworkFaults
{
    private protected override Task<IFaultyNetwork> CreateAsync() => Task.FromResult<IFaultyNetwork>(new RoadNetwork(fixture.Broker, "by choice", isOwner: false));
}
