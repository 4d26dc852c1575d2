using Sluice.Cluster.Contract;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Transport.Memory;
using Sluice.TestKit;

namespace Sluice.Cluster.Tests.Transports;

/// <summary>The hub with all its faults, in virtual time.</summary>
internal sealed class MemoryRig : TransportRig
{
    private readonly TestClock _clock = new();
    private readonly MemoryHub _hub;

    public MemoryRig() => _hub = new MemoryHub(_clock);

    public override ITransport CreateTransport() => _hub.CreateTransport();

    public override Task<bool> KillAsync(string member) => Played(() => _hub.Kill(member));

    public override Task<bool> FreezeUntilLostAsync(string member) => Played(() =>
    {
        _hub.Freeze(member);
        _clock.Advance(TimeSpan.FromSeconds(5));
    });

    public override Task ThawAsync(string member) => Played(() => _hub.Thaw(member));

    public override Task<bool> DisconnectAsync(string member) => Played(() => _hub.Disconnect(member));

    public override Task ReconnectAsync(string member) => Played(() => _hub.Reconnect(member));

    public override Task PassGraceAsync() => Played(() => _clock.Advance(TimeSpan.FromSeconds(1)));

    public override Task<bool> BlockAsync() => Played(_hub.Block);

    public override Task UnblockAsync() => Played(_hub.Unblock);

    private static Task<bool> Played(Action fault)
    {
        fault();
        return Task.FromResult(true);
    }
}
