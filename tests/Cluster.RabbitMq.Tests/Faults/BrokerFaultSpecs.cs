using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>Faults of a single broker: nothing that was acknowledged is lost, and everything goes on by itself.</summary>
[Collection(BrokerCollection.Name)]
public sealed class BrokerFaultSpecs(BrokerFixture fixture)
{
    private BrokerNode Node => fixture.Broker.Nodes[0];

    [Fact]
    public async Task A_broker_that_is_killed_and_started_again_loses_nothing()
    {
        // Whose connection breaks once more while the broker is still slow is back in time all the same.
        await using var scene = await StartAsync("grace = 20s");

        await Node.KillAsync();
        await scene.UntilAsync(() => scene.Publisher.Has(line => line == "state Disconnected"), "the publisher knows");
        await Node.StartAsync();

        await scene.EndAsync("broker killed and started again");
        scene.Owner.Has(line => line.StartsWith("lost ", StringComparison.Ordinal)).ShouldBeFalse("members that come back with the broker are not lost");
    }

    [Fact]
    public async Task A_broker_that_freezes_past_the_heartbeat_ends_no_member()
    {
        await using var scene = await StartAsync();

        Node.Freeze();
        try
        {
            await scene.UntilAsync(() => new[] { scene.Publisher, scene.Owner, scene.Heir }.All(mate => mate.Has(line => line == "state Disconnected")), "all know");
        }
        finally
        {
            Node.Thaw();
        }

        await scene.EndAsync("broker frozen past the heartbeat (SIGSTOP), then on");
        new[] { scene.Publisher, scene.Owner, scene.Heir }.ShouldAllBe(mate => mate.IsAlive);
    }

    [Fact]
    public async Task A_broker_short_of_memory_makes_senders_wait()
    {
        await using var scene = await StartAsync();

        await Node.RaiseMemoryAlarmAsync();
        try
        {
            await scene.UntilAsync(() => scene.Publisher.Has(line => line == "state Blocked"), "the publisher is blocked");
        }
        finally
        {
            await Node.ClearMemoryAlarmAsync();
        }

        await scene.EndAsync("connection blocked by a memory alarm");
        scene.Publisher.Has(line => line == "state Connected").ShouldBeTrue();
    }

    [Fact]
    public async Task Connections_that_an_operator_closes_come_back()
    {
        await using var scene = await StartAsync();

        await Node.CloseConnectionsAsync();
        await scene.UntilAsync(() => scene.Publisher.Has(line => line == "state Disconnected"), "the publisher knows");

        await scene.EndAsync("all connections closed by the operator");
    }

    [Fact]
    public async Task A_slow_road_whose_connections_are_reset_loses_nothing()
    {
        await using var road = new TcpProxy(fixture.Broker.Port);

        await using var scene = await Scene.StartAsync(fixture.Broker, _ => [$"127.0.0.1:{road.Port}"]);
        road.Delay = TimeSpan.FromMilliseconds(200);
        await scene.MoreAsync(20);
        road.Reset();
        await scene.UntilAsync(() => scene.Publisher.Has(line => line == "state Disconnected"), "the publisher knows");

        await scene.EndAsync("200 ms each way, connections reset", more: 20);
    }

    private Task<Scene> StartAsync(string settings = "") => Scene.StartAsync(fixture.Broker, _ => [$"127.0.0.1:{fixture.Broker.Port}"], settings: settings);
}
