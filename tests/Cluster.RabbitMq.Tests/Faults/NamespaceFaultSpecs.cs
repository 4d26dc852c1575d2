using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>Each member and the broker in a network namespace of its own; where those cannot be made, on roads of the tests' own, which the table says.</summary>
public sealed class NamespaceFaultSpecs : NetworkFaults
{
    private protected override Task<IFaultyNetwork> CreateAsync() => NetworkLab.Missing is { } why ? RoadNetwork.CreateAsync(why) : NamespaceNetwork.CreateAsync();
}
