using Sluice.Cluster.Contract;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>Claims share their member's connections.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ClaimSpecs(BrokerFixture fixture)
{
    [Fact]
    public async Task A_release_disturbs_neither_the_connection_nor_other_claims()
    {
        await using var member = new TestMember(Configured.Transport(fixture.Broker, fixture.Broker.Port, $"prefix = t{Guid.NewGuid():N}"), TestMember.InfoOf("a"));
        await member.JoinAsync();
        var kept = await member.ConsumeAsync("kept");
        var released = await member.ConsumeAsync("released");
        await kept.UntilActiveAsync();
        await released.UntilActiveAsync();

        await released.Consumption.ReleaseAsync();
        await member.PublishAsync("kept", "one");
        await kept.Messages.UntilCountAsync(1);
        await (await member.ConsumeAsync("released")).UntilActiveAsync();

        member.Events.Seen.ShouldNotContain("Disconnected");
        kept.Events.Seen.ShouldBe(["active"]);
    }
}
