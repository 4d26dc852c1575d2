using Sluice.Cluster.Transport.Memory;
using Sluice.Host.Members;
using Sluice.Host.Observing;
using Sluice.Kernel.Actor;

namespace Sluice.Host.Tests.Members;

public sealed class BrokerHealthSpecs : IAsyncLifetime
{
    private readonly MemoryHub _hub = new(silence: TimeSpan.FromHours(1), grace: TimeSpan.FromHours(1));
    private readonly ActorSystem _system = ActorSystem.Create("healthy");

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate();

    [Fact]
    public async Task Instruments_6_a_member_is_ready_while_it_has_its_broker()
    {
        var cluster = Cluster.Cluster.Get(_system);
        await cluster.JoinAsync(_hub.CreateTransport(), cluster.Settings with { Name = "test", Member = "a" });
        var readiness = new Readiness();
        readiness.NotReadyBecause.ShouldBe("starting");
        readiness.Ready(() => BrokerHealth.Trouble(cluster, "amqp://here"));
        readiness.NotReadyBecause.ShouldBeNull();

        _hub.Disconnect("a");
        readiness.NotReadyBecause.ShouldBe("no connection to the broker at amqp://here");

        _hub.Reconnect("a");
        readiness.NotReadyBecause.ShouldBeNull();

        await cluster.LeaveAsync();
        readiness.NotReadyBecause.ShouldBe("not a member of the cluster any more");
    }
}
