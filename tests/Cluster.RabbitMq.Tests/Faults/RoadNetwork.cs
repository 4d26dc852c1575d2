using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>A TCP proxy for each member, where network namespaces cannot be made. A lost packet is what TCP makes of it: a wait.</summary>
internal sealed class RoadNetwork(Broker broker, string why, bool isOwner) : IFaultyNetwork
{
    private readonly Dictionary<string, TcpProxy> _roads = new[] { "a", "b", "c" }.ToDictionary(member => member, _ => new TcpProxy(broker.Port));

    public string Kind => $"proxies: {why}";

    public Broker Broker => broker;

    public static async Task<IFaultyNetwork> CreateAsync(string why) => new RoadNetwork(await Broker.StartAsync(), why, isOwner: true);

    public string[] HostsFor(string member) => [$"127.0.0.1:{_roads[member].Port}"];

    public IReadOnlyList<string> On(string member) => [];

    public void Cut(string member) => _roads[member].Cut();

    public void CutOutgoing(string member) => _roads[member].Cut(toClient: false);

    public void Lose(string member, double part) => _roads[member].Delay = TimeSpan.FromMilliseconds(part * 2000);

    public void Heal(string member)
    {
        _roads[member].Delay = TimeSpan.Zero;
        _roads[member].Heal();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var road in _roads.Values)
        {
            await road.DisposeAsync();
        }

        if (isOwner)
        {
            await broker.DisposeAsync();
        }
    }
}
