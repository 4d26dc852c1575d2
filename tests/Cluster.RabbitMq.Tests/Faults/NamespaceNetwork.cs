using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>Each member and the broker in a network namespace of its own.</summary>
internal sealed class NamespaceNetwork(NetworkLab lab, Broker broker) : IFaultyNetwork
{
    public string Kind => "namespaces";

    public Broker Broker => broker;

    public static async Task<IFaultyNetwork> CreateAsync()
    {
        var lab = await NetworkLab.CreateAsync("hare", "a", "b", "c");
        return new NamespaceNetwork(lab, await Broker.StartAsync(new() { Address = lab.AddressOf("hare"), Prefix = lab.On("hare") }));
    }

    public string[] HostsFor(string member) => [$"{lab.AddressOf("hare")}:{broker.Port}"];

    public IReadOnlyList<string> On(string member) => lab.On(member);

    public void Cut(string member) => lab.Cut(member);

    public void CutOutgoing(string member) => lab.CutOutgoing(member);

    public void Lose(string member, double part) => lab.Lose(member, part);

    public void Heal(string member) => lab.Heal(member);

    public async ValueTask DisposeAsync()
    {
        await broker.DisposeAsync();
        await lab.DisposeAsync();
    }
}
