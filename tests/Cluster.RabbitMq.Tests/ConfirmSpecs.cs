using Sluice.Cluster.Contract;
using Sluice.Cluster.Transport;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>A publish whose confirm does not come, while the connection stands.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ConfirmSpecs(BrokerFixture fixture)
{
    [Fact]
    public async Task What_is_not_confirmed_in_time_is_published_again_and_the_member_stays()
    {
        await using var road = new TcpProxy(fixture.Broker.Port);
        await using var sender = new TestMember(
            Configured.Transport(fixture.Broker, road.Port, $"prefix = t{Guid.NewGuid():N}, confirm-timeout = 100ms, connection.heartbeat = 30s"), TestMember.InfoOf("a"));
        await sender.JoinAsync();
        var queue = await sender.ConsumeAsync("queue");
        await queue.UntilActiveAsync();
        road.Cut(toServer: false);

        var publishing = sender.PublishAsync("queue", "again");
        await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System);
        publishing.IsCompleted.ShouldBeFalse();
        road.Heal();

        await publishing.WaitAsync(TimeSpan.FromSeconds(30));
        await queue.Messages.UntilCountAsync(2);
        sender.Transport.State.ShouldBe(TransportState.Connected);
        sender.Events.Seen.ShouldNotContain("Disconnected");
    }
}
