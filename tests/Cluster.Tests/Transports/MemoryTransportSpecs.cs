using Sluice.Cluster.Contract;

namespace Sluice.Cluster.Tests.Transports;

public sealed class MemoryMembershipSpecs : MembershipContract
{
    protected override Task<TransportRig> CreateRigAsync() => Task.FromResult<TransportRig>(new MemoryRig());
}

public sealed class MemoryFrameSpecs : FrameContract
{
    protected override Task<TransportRig> CreateRigAsync() => Task.FromResult<TransportRig>(new MemoryRig());
}

public sealed class MemoryQueueSpecs : QueueContract
{
    protected override Task<TransportRig> CreateRigAsync() => Task.FromResult<TransportRig>(new MemoryRig());
}
