using Sluice.Cluster.Killable;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>Three brokers that form a cluster survive the loss of one, whoever was connected to it.</summary>
[Collection(BrokerCollection.Name)]
public sealed class BrokerClusterFaultSpecs
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Cluster_6_the_loss_of_one_or_two_of_three_broker_nodes_loses_nothing()
    {
        await using var broker = await Broker.StartAsync(new() { Nodes = 3 });
        await using var scene = await Scene.StartAsync(broker, member => HostsFor(broker, member));

        // The node that the owner is connected to.
        await broker.Nodes[1].KillAsync();
        await scene.UntilAsync(() => scene.Owner.Has(line => line == "state Disconnected"), "the owner knows");
        await scene.MoreAsync(50);
        await scene.SurvivedAsync("one of three broker nodes killed, the owner's");

        // Without two of three nothing can be confirmed: senders wait. Each of the publishers may have had one under way.
        await broker.Nodes[2].KillAsync();
        var before = await scene.AcknowledgedAsync();
        await Task.Delay(Outage, TimeProvider.System);
        (await scene.AcknowledgedAsync() - before).ShouldBeLessThanOrEqualTo(KillableMember.Publishers);
        await Task.WhenAll(broker.Nodes[1].StartAsync(), broker.Nodes[2].StartAsync());

        await scene.EndAsync("then a second one, both started again 2 s later");
    }

    // Each member begins with a node of its own.
    private static string[] HostsFor(Broker broker, string member)
    {
        var first = member[0] - 'a';
        return [.. Enumerable.Range(first, 3).Select(i => $"127.0.0.1:{broker.Nodes[i % 3].Port}")];
    }
}
