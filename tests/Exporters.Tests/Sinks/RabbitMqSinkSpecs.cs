using System.Text;
using Sluice.Exporters.Sinks;
using Sluice.Exporters.Sinks.RabbitMq;
using Sluice.TestKit;

namespace Sluice.Exporters.Tests.Sinks;

public sealed class RabbitMqSinkSpecs(RabbitServer server) : IClassFixture<RabbitServer>
{
    // A machine that stands still for a while is no broker that does not answer.
    private const string Patient = "timeout = 60s, probe-timeout = 60s";

    [Fact]
    public async Task Items_are_persistent_messages_with_their_keys_in_order()
    {
        var queue = await server.QueueAsync();
        await using var sink = Open($"routing-key = {queue}");

        var outcomes = await sink.SendAsync(Items.Numbered(300), CancellationToken.None).Within();

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        var messages = await server.DrainAsync(queue);
        messages.Select(message => message.BasicProperties.MessageId).ShouldBe(Enumerable.Range(1, 300).Select(number => $"pool-{number}"));
        messages.ShouldAllBe(message => message.BasicProperties.Persistent);
        messages[0].BasicProperties.ContentType.ShouldBe("application/json");
        Encoding.UTF8.GetString(messages[^1].Body.Span).ShouldBe("""{"n":300}""");
    }

    [Fact]
    public async Task Items_that_wait_for_room_keep_their_order()
    {
        var queue = await server.QueueAsync();
        await using var sink = Open($"routing-key = {queue}, max-in-flight = 8");

        await sink.SendAsync(Items.Numbered(3000), CancellationToken.None).Within();

        var messages = await server.DrainAsync(queue);
        messages.Select(message => message.BasicProperties.MessageId).ShouldBe(Enumerable.Range(1, 3000).Select(number => $"pool-{number}"));
    }

    [Fact]
    public async Task The_routing_key_is_made_of_what_an_item_says()
    {
        var queue = await server.QueueAsync();
        await using var sink = Open("routing-key = \"{queue}\"");
        var item = Items.Json(1, "1") with { Arguments = new Dictionary<string, string> { ["queue"] = queue } };

        var outcomes = await sink.SendAsync([item, Items.Json(2, "2")], CancellationToken.None).Within();

        outcomes[0].ShouldBeOfType<SinkOutcome.Delivered>();
        outcomes[1].ShouldBeOfType<SinkOutcome.Undeliverable>().ErrorClass.ShouldBe("routing-key-missing");
        var message = (await server.DrainAsync(queue)).ShouldHaveSingleItem();
        message.BasicProperties.Headers!["queue"].ShouldBe(Encoding.UTF8.GetBytes(queue));
    }

    [Fact]
    public async Task What_no_queue_would_get_is_not_delivered()
    {
        var (there, missing) = (await server.QueueAsync(), "m" + Guid.NewGuid().ToString("N"));
        await using var sink = Open("routing-key = \"{queue}\"");

        var outcomes = await sink.SendAsync([To(missing, 1), To(there, 2)], CancellationToken.None).Within();

        outcomes[0].ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain(missing);
        outcomes[1].ShouldBeOfType<SinkOutcome.Delivered>();
        await server.QueueAsync(missing);
        (await sink.SendAsync([To(missing, 1)], CancellationToken.None).Within())[0].ShouldBeOfType<SinkOutcome.Delivered>();
    }

    [Fact]
    public async Task What_no_queue_would_get_goes_to_the_dead_letters_where_routing_keys_come_from_data()
    {
        await using var sink = Open("routing-key = nowhere, unroutable = dead-letter");

        var outcomes = await sink.SendAsync(Items.Numbered(1), CancellationToken.None).Within();

        outcomes[0].ShouldBeOfType<SinkOutcome.Undeliverable>().ErrorClass.ShouldBe("unroutable");
    }

    [Fact]
    public async Task A_missing_exchange_is_told_and_the_sink_goes_on_when_it_is_there()
    {
        var exchange = "e" + Guid.NewGuid().ToString("N");
        await using var sink = Open($"exchange = {exchange}, routing-key = any");

        var outcome = (await sink.SendAsync(Items.Numbered(1), CancellationToken.None).Within())[0];

        outcome.ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain(exchange);
        var queue = await server.QueueAsync();
        await using var connection = await server.ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, "fanout", durable: true, autoDelete: false);
        await channel.QueueBindAsync(queue, exchange, "");
        (await sink.SendAsync(Items.Numbered(1), CancellationToken.None).Within())[0].ShouldBeOfType<SinkOutcome.Delivered>();
    }

    [Fact]
    public async Task A_full_queue_that_rejects_is_tried_again()
    {
        var queue = await server.QueueAsync(arguments: new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" });
        await using var sink = Open($"routing-key = {queue}");

        var outcomes = await sink.SendAsync(Items.Numbered(3), CancellationToken.None).Within();

        outcomes.Count(outcome => outcome is SinkOutcome.Delivered).ShouldBe((await server.DrainAsync(queue)).Count);
        outcomes[2].ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain("full");
    }

    [Fact]
    public async Task A_restart_of_the_broker_in_the_middle_loses_nothing_that_was_called_delivered()
    {
        var queue = await server.QueueAsync();
        await using var sink = Open($"routing-key = {queue}, timeout = 5s");
        var delivered = new List<string>();
        SinkOutcome? last = null;
        var sending = Task.Run(async () =>
        {
            for (var number = 1; number <= 400; number += 10)
            {
                var items = Items.Numbered(10, from: number);
                while (items.Count > 0)
                {
                    var outcomes = await sink.SendAsync(items, CancellationToken.None);
                    last = outcomes[^1];
                    delivered.AddRange(items.Where((_, i) => outcomes[i] is SinkOutcome.Delivered).Select(item => item.Key));
                    items = [.. items.Where((_, i) => outcomes[i] is not SinkOutcome.Delivered)];
                }

                if (number == 101)
                {
                    await server.Node.KillAsync();
                    await Deadline.Until(async () => await sink.ProbeAsync(CancellationToken.None).Within() is SinkProbe.Unreachable);
                    (await sink.SendAsync(Items.Numbered(1), CancellationToken.None))[0].ShouldBeOfType<SinkOutcome.RetryLater>();
                    await server.Node.StartAsync();
                }
            }
        });

        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(120), TimeProvider.System));
        sending.IsCompleted.ShouldBeTrue($"{delivered.Count} delivered; the last outcome is {last}");
        await sending;

        delivered.Count.ShouldBe(400);
        var there = (await server.DrainAsync(queue)).Select(message => message.BasicProperties.MessageId!).ToHashSet();
        delivered.Where(key => !there.Contains(key)).ShouldBeEmpty();
        (await sink.ProbeAsync(CancellationToken.None).Within()).ShouldBeOfType<SinkProbe.Reachable>();
    }

    [Fact]
    public async Task A_broker_short_of_memory_makes_items_wait_and_says_why()
    {
        var queue = await server.QueueAsync();
        var clock = new TestClock();
        await using var sink = Open($"routing-key = {queue}, timeout = 1s", clock: clock);
        (await sink.SendAsync(Items.Numbered(1), CancellationToken.None).Within())[0].ShouldBeOfType<SinkOutcome.Delivered>();
        await server.Node.RaiseMemoryAlarmAsync();
        try
        {
            var sending = sink.SendAsync(Items.Numbered(1, from: 2), CancellationToken.None).Within();
            await Deadline.Until(async () => await sink.ProbeAsync(CancellationToken.None).Within() is SinkProbe.Unreachable);
            clock.Advance(TimeSpan.FromSeconds(1));
            var outcome = (await sending)[0];

            outcome.ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain("low on memory");
            (await sink.ProbeAsync(CancellationToken.None).Within()).ShouldBeOfType<SinkProbe.Unreachable>().Reason.ShouldContain("memory");
        }
        finally
        {
            await server.Node.ClearMemoryAlarmAsync();
        }

        (await sink.SendAsync(Items.Numbered(1, from: 3), CancellationToken.None).Within())[0].ShouldBeOfType<SinkOutcome.Delivered>();
    }

    [Fact]
    public async Task Encrypted_both_ways_with_an_authority_of_ones_own()
    {
        var queue = await server.QueueAsync();
        var (certificate, key) = server.Authority.IssueClient("sluice-sink");
        await using var sink = Open($"routing-key = {queue}\n{Tls($"ca-file = \"{server.Authority.CertificateFile}\", certificate-file = \"{certificate}\", key-file = \"{key}\"")}");

        var outcomes = await sink.SendAsync(Items.Numbered(2), CancellationToken.None).Within();

        outcomes.ShouldAllBe(outcome => outcome is SinkOutcome.Delivered);
        (await server.DrainAsync(queue)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(false, "localhost")]
    [InlineData(true, "another.name")]
    public async Task A_broker_that_cannot_be_verified_gets_nothing(bool trusted, string name)
    {
        var queue = await server.QueueAsync();
        var (certificate, key) = server.Authority.IssueClient("sluice-sink");
        var authority = trusted ? server.Authority.CertificateFile : "";
        await using var sink = Open($"routing-key = {queue}\n{Tls($"server-name = {name}, ca-file = \"{authority}\", certificate-file = \"{certificate}\", key-file = \"{key}\"")}");

        var outcome = (await sink.SendAsync(Items.Numbered(1), CancellationToken.None).Within())[0];

        outcome.ShouldBeOfType<SinkOutcome.RetryLater>().Reason.ShouldContain("certificate");
        (await server.DrainAsync(queue)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_telling_the_password()
    {
        await using var sink = Open("routing-key = any", name => name == "SLUICE_RABBITMQ_USER" ? server.Broker.User : "hunter2");

        var outcome = (await sink.SendAsync(Items.Numbered(1), CancellationToken.None).Within())[0];

        var reason = outcome.ShouldBeOfType<SinkOutcome.RetryLater>().Reason;
        reason.ShouldContain("ACCESS_REFUSED");
        reason.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("connection.hosts = [\"nowhere:port\"]", "connection.hosts")]
    [InlineData("connection.password-variable = NOT_SET", "connection.password-variable")]
    [InlineData("connection.authentication = certificate", "connection.authentication")]
    [InlineData("connection.tls { enabled = true, ca-file = \"/nowhere/ca.pem\" }", "connection.tls.ca-file")]
    [InlineData("max-in-flight = 0", "max-in-flight")]
    [InlineData("routing-key = \"{queue\"", "routing-key")]
    public void Settings_that_cannot_work_name_their_key(string section, string key)
    {
        var fault = Should.Throw<SinkSettingsException>(() => Open(section));

        fault.Key.ShouldBe(key);
        fault.Message.ShouldStartWith($"Sink 'rabbitmq', {key}: ");
    }

    private static SinkItem To(string queue, int number) =>
        Items.Json(number, "{}") with { Arguments = new Dictionary<string, string> { ["queue"] = queue } };

    private string Tls(string keys) => $"connection.hosts = [\"localhost:{server.Broker.TlsPort}\"]\nconnection.tls {{ enabled = true, {keys} }}";

    private ISink Open(string section, Func<string, string?>? environment = null, TimeProvider? clock = null) =>
        Configured.Sink<RabbitMqSinkSettings>("rabbitmq", $"connection {{ hosts = [\"127.0.0.1:{server.Broker.Port}\"], connect-timeout = 60s }}\n{Patient}\n{section}")
            .Open(new SinkServices { Environment = environment ?? server.Variable, Time = clock ?? TimeProvider.System });
}
