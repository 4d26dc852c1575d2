namespace Sluice.Cluster.RabbitMq.Tests.Faults;

/// <summary>Faults of a member's process under load.</summary>
[Collection(BrokerCollection.Name)]
public sealed class ProcessFaultSpecs(BrokerFixture fixture)
{
    [Fact]
    public async Task A_member_killed_under_load_is_replaced_within_a_second()
    {
        await using var scene = await StartAsync();

        scene.Owner.Signal("KILL");
        await scene.UntilAsync(() => scene.IsLost(scene.Owner), "the loss is known");

        await scene.EndAsync("kill -9 of the owner under load");
        scene.Heir.Has(line => line.StartsWith("active ", StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_member_that_was_frozen_and_wakes_up_cannot_write_and_joins_again()
    {
        await using var scene = await StartAsync();

        scene.Owner.Signal("STOP");
        await scene.UntilAsync(() => scene.Heir.Has(line => line.StartsWith("active ", StringComparison.Ordinal)), "another owns the queue");
        await scene.MoreAsync(50);
        await scene.UntilAsync(() => scene.IsLost(scene.Owner), "the loss is known");
        scene.Owner.Signal("CONT");
        await scene.UntilAsync(() => scene.Owner.Has(line => line.StartsWith("joined b:", StringComparison.Ordinal) && line != "joined b:1"), "it joins again");

        await scene.EndAsync("owner frozen (SIGSTOP), lost, woken up");
        scene.Owner.Has(line => line.StartsWith("expelled", StringComparison.Ordinal)).ShouldBeTrue();
    }

    private Task<Scene> StartAsync() => Scene.StartAsync(fixture.Broker, _ => [$"127.0.0.1:{fixture.Broker.Port}"]);
}
