using Sluice.Cluster.Contract;
using Sluice.Cluster.Transport;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>The real broker, with a road of its own for each member, on which faults are played.</summary>
internal sealed class RabbitTransportRig(Broker broker) : TransportRig
{
    private readonly string _prefix = "t" + Guid.NewGuid().ToString("N");
    private readonly List<RoadTransport> _transports = [];
    private string _patience = "grace = 3s";
    private bool _isBlocked;

    public override ITransport CreateTransport()
    {
        var road = new TcpProxy(broker.Port);
        var transport = new RoadTransport(Configured.Transport(broker, road.Port, $"prefix = {_prefix}, {_patience}"), road);
        _transports.Add(transport);
        return transport;
    }

    public override void Expect(ExpectedBreak expected) =>
        _patience = expected == ExpectedBreak.Silence ? "grace = 3s, connection.heartbeat = 2s" : "grace = 59s";

    public override Task<bool> KillAsync(string member) => On(member, road => road.Reset(andRefuse: true));

    public override async Task<bool> FreezeUntilLostAsync(string member)
    {
        var frozen = _transports.Last(transport => transport.Member == member);
        await using var witness = new TestMember(CreateTransport(), TestMember.InfoOf("witness"));
        await witness.JoinAsync();
        frozen.Road.Cut();
        await witness.Events.UntilSeenAsync($"lost {member}:1");
        return true;
    }

    public override Task ThawAsync(string member) => On(member, road => road.Heal());

    public override Task<bool> DisconnectAsync(string member) => On(member, road => road.Reset(andRefuse: true));

    public override Task ReconnectAsync(string member) => On(member, road => road.Heal());

    public override async Task<bool> BlockAsync()
    {
        _isBlocked = true;
        await broker.Nodes[0].RaiseMemoryAlarmAsync();
        return true;
    }

    public override async Task UnblockAsync()
    {
        _isBlocked = false;
        await broker.Nodes[0].ClearMemoryAlarmAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_isBlocked)
        {
            await UnblockAsync();
        }

        foreach (var transport in _transports)
        {
            await transport.Road.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    private Task<bool> On(string member, Action<TcpProxy> fault)
    {
        fault(_transports.Last(transport => transport.Member == member).Road);
        return Task.FromResult(true);
    }
}
