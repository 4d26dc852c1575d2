namespace Sluice.Cluster.Contract;

/// <summary>Durable queues with one active consumer.</summary>
public abstract class QueueContract : TransportContract
{
    private const string Queue = "shard-7";

    [Fact]
    public async Task What_is_published_waits_for_a_consumer_and_comes_in_order()
    {
        var (a, b) = await TwoAsync();
        for (var i = 0; i < 20; i++)
        {
            await a.PublishAsync(Queue, $"{i}");
        }

        var consumer = await b.ConsumeAsync(Queue, prefetch: 100);

        var messages = await consumer.Messages.UntilCountAsync(20);
        messages.Select(message => message.Text).ShouldBe(Enumerable.Range(0, 20).Select(i => $"{i}"));
        messages.Select(message => message.Tag).ShouldBeInOrder();
        consumer.Events.Seen.ShouldBe(["active"]);
    }

    [Fact]
    public async Task An_empty_queue_activates_its_consumer_too()
    {
        var a = await JoinAsync("a");

        var consumer = await a.ConsumeAsync(Queue);

        await consumer.UntilActiveAsync();
    }

    [Fact]
    public async Task No_more_than_the_prefetch_is_delivered_ahead_of_acknowledgements()
    {
        var a = await JoinAsync("a");
        var consumer = await a.ConsumeAsync(Queue, prefetch: 2);
        for (var i = 0; i < 4; i++)
        {
            await a.PublishAsync(Queue, $"{i}");
        }
        await consumer.Messages.UntilCountAsync(2);

        await consumer.AckAsync("0");

        (await consumer.Messages.UntilCountAsync(3)).Select(message => message.Text).ShouldBe(["0", "1", "2"]);
    }

    [Fact]
    public async Task A_second_claim_waits_until_the_first_is_released_and_gets_a_greater_token()
    {
        var (a, b) = await TwoAsync();
        var first = await a.ConsumeAsync(Queue);
        await first.UntilActiveAsync();
        var second = await b.ConsumeAsync(Queue);
        await a.PublishAsync(Queue, "one");
        await first.Messages.UntilCountAsync(1);
        await first.AckAsync("one");
        second.Events.Seen.ShouldBeEmpty();

        await first.Consumption.ReleaseAsync();

        await second.UntilActiveAsync();
        second.Token.ShouldBeGreaterThan(first.Token);
        (await first.Events.UntilCountAsync(2)).ShouldBe(["active", "inactive"]);
        await a.PublishAsync(Queue, "two");
        (await second.Messages.UntilCountAsync(1))[0].Text.ShouldBe("two");
    }

    [Fact]
    public async Task What_was_not_acknowledged_goes_to_the_next_in_its_old_order()
    {
        var (a, b) = await TwoAsync();
        var first = await a.ConsumeAsync(Queue);
        foreach (var text in new[] { "one", "two", "three" })
        {
            await a.PublishAsync(Queue, text);
        }
        await first.Messages.UntilCountAsync(3);
        await first.AckAsync("two");

        await first.Consumption.ReleaseAsync();
        var second = await b.ConsumeAsync(Queue);

        var messages = await second.Messages.UntilCountAsync(2);
        messages.Select(message => message.Text).ShouldBe(["one", "three"]);
        messages.ShouldAllBe(message => message.IsRedelivered);
    }

    [Fact]
    public async Task A_second_release_does_nothing()
    {
        var a = await JoinAsync("a");
        var consumer = await a.ConsumeAsync(Queue);
        await consumer.UntilActiveAsync();

        await consumer.Consumption.ReleaseAsync();
        await consumer.Consumption.ReleaseAsync();

        await (await a.ConsumeAsync(Queue)).UntilActiveAsync();
    }

    [Fact]
    public async Task When_a_member_leaves_another_becomes_active()
    {
        var (a, b) = await TwoAsync();
        await (await b.ConsumeAsync(Queue)).UntilActiveAsync();
        var heir = await a.ConsumeAsync(Queue);

        await b.Transport.LeaveAsync(CancellationToken.None);

        await heir.UntilActiveAsync();
    }

    [Fact]
    public async Task When_a_member_is_killed_another_gets_what_it_had_not_acknowledged()
    {
        var (a, b) = await TwoAsync();
        var first = await b.ConsumeAsync(Queue);
        await a.PublishAsync(Queue, "one");
        await first.Messages.UntilCountAsync(1);
        var heir = await a.ConsumeAsync(Queue);
        if (!await Rig.KillAsync("b"))
        {
            return;
        }

        (await heir.Messages.UntilCountAsync(1))[0].Text.ShouldBe("one");
        heir.Token.ShouldBeGreaterThan(first.Token);
    }

    [Fact]
    public async Task A_frozen_consumer_is_replaced_and_cannot_acknowledge_any_more()
    {
        Rig.Expect(ExpectedBreak.Silence);
        var (a, b) = await TwoAsync();
        var frozen = await b.ConsumeAsync(Queue);
        await a.PublishAsync(Queue, "one");
        await frozen.Messages.UntilCountAsync(1);
        var heir = await a.ConsumeAsync(Queue);
        if (!await Rig.FreezeUntilLostAsync("b"))
        {
            return;
        }
        await heir.Messages.UntilCountAsync(1);

        await Rig.ThawAsync("b");
        await frozen.Events.UntilSeenAsync("inactive");
        await frozen.AckAsync("one");
        await heir.Consumption.ReleaseAsync();

        var third = await a.ConsumeAsync(Queue);
        (await third.Messages.UntilCountAsync(1))[0].Text.ShouldBe("one");
    }

    [Fact]
    public async Task A_claim_outlives_a_lost_connection()
    {
        Rig.Expect(ExpectedBreak.Brief);
        var (a, b) = await TwoAsync();
        var consumer = await b.ConsumeAsync(Queue);
        await consumer.UntilActiveAsync();
        if (!await Rig.DisconnectAsync("b"))
        {
            return;
        }
        await consumer.Events.UntilSeenAsync("inactive");
        await a.PublishAsync(Queue, "meanwhile");

        await Rig.ReconnectAsync("b");

        await consumer.UntilActiveAsync(times: 2);
        (await consumer.Messages.UntilCountAsync(1))[0].Text.ShouldBe("meanwhile");
    }

    [Fact]
    public async Task A_publish_waits_out_a_lost_connection()
    {
        Rig.Expect(ExpectedBreak.Brief);
        var (a, b) = await TwoAsync();
        if (!await Rig.DisconnectAsync("b"))
        {
            return;
        }
        await b.Events.UntilSeenAsync("Disconnected");
        var publishing = b.PublishAsync(Queue, "kept");
        publishing.IsCompleted.ShouldBeFalse();

        await Rig.ReconnectAsync("b");

        await publishing;
        var consumer = await a.ConsumeAsync(Queue);
        (await consumer.Messages.UntilCountAsync(1))[0].Text.ShouldBe("kept");
    }
}
