using System.Text.RegularExpressions;
using Sluice.Cluster.Contract;
using Sluice.Cluster.Transport;
using Sluice.Rabbit.Rig;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>A publish whose confirm does not come, while the connection stands.</summary>
[Collection(BrokerCollection.Name)]
public sealed partial class ConfirmSpecs(BrokerFixture fixture)
{
    [Fact]
    public async Task What_is_not_confirmed_in_time_is_published_again_and_the_member_stays()
    {
        await using var road = new TcpProxy(fixture.Broker.Port);
        await using var sender = new TestMember(
            Configured.Transport(fixture.Broker, road.Port, $"prefix = t{Guid.NewGuid():N}, confirm-timeout = 1s"), TestMember.InfoOf("a"));
        await sender.JoinAsync();
        var queue = await sender.ConsumeAsync("queue");
        await queue.UntilActiveAsync();
        var before = await ChannelsAsync();
        road.Cut(toServer: false);

        // Its patience is over when it asks for another channel; the broker's answer is held up as the confirm is.
        var publishing = sender.PublishAsync("queue", "again");
        await Faults.Scene.Until(async () => (await ChannelsAsync()).Except(before).Any(), "another channel");

        publishing.IsCompleted.ShouldBeFalse();
        road.Heal();

        await publishing.WaitAsync(TimeSpan.FromSeconds(60));
        await queue.Messages.UntilCountAsync(2);
        sender.Transport.State.ShouldBe(TransportState.Connected);
        sender.Events.Seen.ShouldNotContain("Disconnected");
    }

    private async Task<string[]> ChannelsAsync() => [.. Pid().Matches(await fixture.Broker.Nodes[0].CallAsync("rabbit_channel list_local []")).Select(pid => pid.Value)];

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Pid();
}
