using Sluice.Cluster.Contract;

namespace Sluice.Cluster.RabbitMq.Tests;

[Collection(BrokerCollection.Name)]
public sealed class RabbitMembershipSpecs(BrokerFixture fixture) : MembershipContract
{
    protected override Task<TransportRig> CreateRigAsync() => Task.FromResult<TransportRig>(new RabbitTransportRig(fixture.Broker));
}

[Collection(BrokerCollection.Name)]
public sealed class RabbitFrameSpecs(BrokerFixture fixture) : FrameContract
{
    protected override Task<TransportRig> CreateRigAsync() => Task.FromResult<TransportRig>(new RabbitTransportRig(fixture.Broker));
}

[Collection(BrokerCollection.Name)]
public sealed class RabbitQueueSpecs(BrokerFixture fixture) : QueueContract
{
    protected override Task<TransportRig> CreateRigAsync() => Task.FromResult<TransportRig>(new RabbitTransportRig(fixture.Broker));
}
