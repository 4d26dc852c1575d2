using Sluice.Cluster.Contract;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.RabbitMq.Tests;

/// <summary>Joins that cannot succeed say why.</summary>
[Collection(BrokerCollection.Name)]
public sealed class JoinSpecs(BrokerFixture fixture)
{
    [Fact]
    public async Task Without_a_broker_the_hosts_are_named()
    {
        await using var member = new TestMember(Configured.Transport(fixture.Broker, 1), TestMember.InfoOf("a"));

        var fault = await Should.ThrowAsync<TransportException>(member.JoinAsync);

        fault.Message.ShouldContain("127.0.0.1:1");
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_telling_the_password()
    {
        var settings = Configured.Settings($"connection {{ hosts = [\"127.0.0.1:{fixture.Broker.Port}\"], connect-timeout = 60s }}");
        await using var transport = new RabbitMqTransport(settings, name => name.EndsWith("USER", StringComparison.Ordinal) ? fixture.Broker.User : "hunter2", TimeProvider.System);
        await using var member = new TestMember(transport, TestMember.InfoOf("a"));

        var fault = await Should.ThrowAsync<TransportException>(member.JoinAsync);

        fault.Message.ShouldContain("ACCESS_REFUSED");
        fault.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task A_virtual_host_that_is_not_there_is_told_in_the_brokers_words()
    {
        await using var member = new TestMember(Configured.Transport(fixture.Broker, fixture.Broker.Port, "connection.virtual-host = nowhere"), TestMember.InfoOf("a"));

        var fault = await Should.ThrowAsync<TransportException>(member.JoinAsync);

        fault.Message.ShouldContain("NOT_ALLOWED - vhost nowhere not found");
        fault.Message.ShouldNotContain("initiated by");
    }

    [Fact]
    public async Task A_join_that_was_given_up_leaves_nothing_behind()
    {
        var prefix = "t" + Guid.NewGuid().ToString("N");
        await using var transport = Configured.Transport(fixture.Broker, fixture.Broker.Port, $"prefix = {prefix}");
        await using var first = new TestMember(transport, TestMember.InfoOf("a"));
        using var given = new CancellationTokenSource();
        await given.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => transport.JoinAsync(first.Info, first, given.Token));

        transport.State.ShouldBe(TransportState.Closed);
        await first.JoinAsync();
    }
}
