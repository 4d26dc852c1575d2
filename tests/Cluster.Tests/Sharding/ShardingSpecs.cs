using System.Collections.Concurrent;
using Sluice.Cluster.Sharding;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Tests.Sharding;

public sealed class ShardingSpecs : ClusterRig
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task An_entity_is_the_same_one_from_everywhere()
    {
        var nodes = await StartAllAsync("a", "b", "c");

        var answers = await Task.WhenAll(nodes.Select(node => AskAsync(node, "alice", "who")));

        answers.Distinct().Count().ShouldBe(1);
        _ledger.Born.Count(one => one.Entity == "alice").ShouldBe(1);
    }

    [Fact]
    public async Task Entities_are_spread_over_all_members_within_a_quarter()
    {
        var nodes = await StartAllAsync("a", "b", "c", "d");
        await ShardsAreActiveAsync(nodes);

        var states = await Task.WhenAll(nodes.Select(StateAsync));

        states.Select(state => state.Shards.Count).ShouldAllBe(count => count == 2);
    }

    [Fact]
    public async Task What_is_sent_before_there_is_an_owner_waits_for_one()
    {
        var sender = await JoinAsync("sender");
        var region = ClusterSharding.Get(sender.System).StartProxy("ledger");
        await ClusterSharding.Get(sender.System).SendAsync("ledger", "alice", "confirmed");
        region.Tell(new ShardingEnvelope("alice", "told"), ActorRefs.NoSender);

        await StartAsync("owner");

        await WrittenAsync(2);
        _ledger.Written.Select(one => one.Message).ShouldBe(["confirmed", "told"]);
    }

    [Fact]
    public async Task Messages_leave_the_queue_when_they_are_answered_and_not_before()
    {
        var node = await StartAsync("a");
        var queue = "sluice.ledger." + ShardAllocation.ShardOf("alice", 8);

        await SendAsync(node, "alice", "silence");
        (await AskAsync(node, "alice", "one")).ShouldBe("one");

        await node.Kit.AwaitConditionAsync(() => Hub.QueueLength(queue) == 1, Long);
    }

    [Fact]
    public async Task Order_is_kept_per_sender_and_entity()
    {
        var nodes = await StartAllAsync("a", "b");
        var region = ClusterSharding.Get(nodes[0].System).ShardRegion("ledger");

        for (var i = 0; i < 3_000; i++)
        {
            region.Tell(new ShardingEnvelope($"entity-{i % 10}", i), ActorRefs.NoSender);
        }

        await WrittenAsync(3_000);
        foreach (var entity in _ledger.Written.GroupBy(one => one.Entity))
        {
            entity.Select(one => (int)one.Message).ShouldBeInOrder();
        }
    }

    [Fact]
    public async Task A_join_moves_entities_without_loss_and_without_two_at_once()
    {
        var first = await StartAsync("a");
        var sending = Task.Run(() => SendManyAsync(first, 2_000));
        await WrittenAsync(200);

        var second = await StartAsync("b");
        var third = await StartAsync("c");
        await sending;

        await AllWrittenAsync(2_000);
        _ledger.Twins.ShouldBeEmpty();
        await ShardsAreActiveAsync([first, second, third]);
        var owners = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AskAsync(first, $"entity-{i}", "who")));
        owners.Distinct().Order().ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public async Task A_leave_hands_entities_over_without_loss_and_without_two_at_once()
    {
        var nodes = await StartAllAsync("a", "b");
        var sending = Task.Run(() => SendManyAsync(nodes[0], 2_000));
        await WrittenAsync(200);

        await nodes[1].Cluster.LeaveAsync();
        await sending;

        await AllWrittenAsync(2_000);
        _ledger.Twins.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_owner_is_killed_another_one_gets_all_that_was_not_taken()
    {
        var nodes = await StartAllAsync("a", "b");
        await ShardsAreActiveAsync(nodes);
        var sending = Task.Run(() => SendManyAsync(nodes[0], 2_000));
        await WrittenAsync(200);

        Hub.Kill("b");
        await sending;

        await AllWrittenAsync(2_000);
    }

    [Fact]
    public async Task A_frozen_owner_that_goes_on_cannot_write_any_more()
    {
        var nodes = await StartAllAsync("a", "b");
        await ShardsAreActiveAsync(nodes);
        var onB = await EntityOnAsync(nodes[0], "b");
        Hub.Freeze("b");
        var late = SendAsync(nodes[0], onB, "meant for b");
        await late;
        HubClock.Advance(TimeSpan.FromSeconds(5));
        await WrittenAsync(1);

        Hub.Thaw("b");
        await nodes[0].SeesAsync("a", "b");
        await SendAsync(nodes[0], onB, "afterwards");

        await WrittenAsync(2);
        _ledger.Written.Count(one => one.Message is "meant for b").ShouldBe(1);
    }

    [Fact]
    public async Task An_expelled_member_stops_its_entities_and_gets_shards_again_when_it_is_back()
    {
        var nodes = await StartAllAsync("a", "b");
        await ShardsAreActiveAsync(nodes);
        var onB = await EntityOnAsync(nodes[0], "b");

        await nodes[0].Cluster.DownAsync(nodes[1].Cluster.SelfAddress);

        await nodes[1].Kit.AwaitConditionAsync(() => _ledger.Died.ContainsKey(onB), Long);
        await nodes[0].SeesAsync("a", "b");
        await ShardsAreActiveAsync(nodes);
        (await AskAsync(nodes[0], onB, "who")).ShouldBe("b");
    }

    [Fact]
    public async Task An_expelled_member_that_is_back_before_shards_move_claims_its_own_anew()
    {
        const string slowly = "sluice.cluster.sharding.rebalance-delay = 300ms";
        var nodes = new[] { await StartAsync("a", config: slowly), await StartAsync("b", config: slowly) };
        await ShardsAreActiveAsync(nodes);
        var before = nodes[1].Cluster.SelfUniqueAddress;

        await nodes[0].Cluster.DownAsync(nodes[1].Cluster.SelfAddress);

        await nodes[1].Kit.AwaitConditionAsync(() => nodes[1].Cluster.SelfUniqueAddress != before && nodes[1].Cluster.IsMember, Long);
        await ShardsAreActiveAsync(nodes);
    }

    [Fact]
    public async Task An_entity_that_fails_is_made_again_and_gets_what_it_had_not_taken()
    {
        var node = await StartAsync("a");
        var letters = node.Kit.CreateTestProbe();
        node.System.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));

        await SendAsync(node, "alice", "fail");
        (await AskAsync(node, "alice", "after")).ShouldBe("after");

        var letter = letters.FishForMessage<DeadLetter>(one => one.Message is "fail" && one.Reason.Contains("alice"), Long);
        letter.Reason.ShouldContain("5 times");
        _ledger.Born.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_message_that_is_not_taken_is_delivered_again_and_only_the_last_answer_is_passed_on()
    {
        var node = await StartAsync(
            "a", settings: new ClusterShardingSettings { IsTaken = answer => answer is not "not now", RetryPause = TimeSpan.FromMilliseconds(1) });

        (await AskAsync(node, "alice", "refuse twice")).ShouldBe("refuse twice");
    }

    [Fact]
    public async Task A_passive_entity_comes_back_when_something_is_sent()
    {
        var node = await StartAsync("a");
        await SendAsync(node, "alice", "rest");
        await node.Kit.AwaitConditionAsync(() => _ledger.Died.ContainsKey("alice"), Long);

        (await AskAsync(node, "alice", "again")).ShouldBe("again");

        _ledger.Born.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Entities_that_are_always_on_live_without_a_message_and_move_when_their_owner_is_lost()
    {
        var settings = new ClusterShardingSettings { StartEntities = ["pool-1", "pool-2", "pool-3"] };
        var nodes = new[] { await StartAsync("a", settings: settings), await StartAsync("b", settings: settings) };
        await nodes[0].Kit.AwaitConditionAsync(() => _ledger.Born.Select(one => one.Entity).Distinct().Count() == 3, Long);
        await ShardsAreActiveAsync(nodes);
        var lost = (await StateAsync(nodes[1])).Shards.SelectMany(shard => shard.Entities).ToArray();

        Hub.Kill("b");

        await nodes[0].Kit.AwaitConditionAsync(() => lost.All(entity => _ledger.Born.Contains((entity, "a"))), Long);
    }

    [Fact]
    public async Task Only_members_with_the_role_own_shards()
    {
        var settings = new ClusterShardingSettings { Role = "sinks" };
        var a = await StartAsync("a", roles: "sinks", settings: settings);
        var b = await StartAsync("b", settings: settings);
        await b.SeesAsync("a", "b");

        (await AskAsync(b, "alice", "who")).ShouldBe("a");
        await ShardsAreActiveAsync([a]);
        (await StateAsync(b)).Shards.ShouldBeEmpty();
    }

    [Fact]
    public async Task Acknowledging_at_delivery_needs_no_answer()
    {
        var node = await StartAsync("a", settings: new ClusterShardingSettings { AckMode = AckMode.OnDelivery });

        await SendAsync(node, "alice", "silence");

        await node.Kit.AwaitConditionAsync(() => Hub.QueueLength("sluice.ledger." + ShardAllocation.ShardOf("alice", 8)) == 0, Long);
    }

    [Fact]
    public async Task A_send_waits_while_the_broker_takes_nothing()
    {
        var node = await StartAsync("a");
        Hub.Block();
        await node.Kit.AwaitConditionAsync(() => node.Cluster.Transport!.State == TransportState.Blocked, Long);

        var sending = SendAsync(node, "alice", "late");
        sending.IsCompleted.ShouldBeFalse();
        Hub.Unblock();

        await sending;
        await WrittenAsync(1);
    }

    [Fact]
    public async Task What_is_told_after_the_leave_becomes_dead_letters_and_what_is_sent_faults()
    {
        var node = await StartAsync("a");
        var region = ClusterSharding.Get(node.System).ShardRegion("ledger");
        var letters = node.Kit.CreateTestProbe();
        await node.Cluster.LeaveAsync();
        node.System.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));

        region.Tell(new ShardingEnvelope("alice", "too late"), ActorRefs.NoSender);

        var letter = letters.FishForMessage<DeadLetter>(one => one.Message is "too late", Long);
        letter.Reason.ShouldContain("alice");
        await Should.ThrowAsync<TransportException>(() => SendAsync(node, "alice", "too late as well"));
    }

    [Fact]
    public async Task A_system_that_has_left_and_joins_again_starts_its_entities_again()
    {
        var node = await StartAsync("a");
        await SendAsync(node, "alice", "before");
        await WrittenAsync(1);
        var sharding = ClusterSharding.Get(node.System);
        var old = sharding.ShardRegion("ledger");
        await node.Cluster.LeaveAsync();
        await node.Cluster.JoinAsync(Hub.CreateTransport());
        Should.Throw<InvalidOperationException>(() => sharding.ShardRegion("ledger")).Message.ShouldContain("joined again");

        sharding.Start("ledger", _ledger.PropsOn("a")).ShouldNotBe(old);

        (await AskAsync(node, "alice", "after")).ShouldBe("after");
        _ledger.Written.Select(one => one.Message).ShouldBe(["before", "after"]);
    }

    [Fact]
    public async Task A_send_has_one_id_however_often_it_is_delivered_and_no_two_sends_have_the_same()
    {
        var seen = new ConcurrentQueue<(object Message, MessageId Id)>();
        var settings = new ClusterShardingSettings { Identify = (message, id) => Seen(message, id) };
        var nodes = new[] { await StartAsync("a", settings: settings), await StartAsync("b", settings: settings) };
        await ShardsAreActiveAsync(nodes);
        var onB = await EntityOnAsync(nodes[0], "b");
        await SendAsync(nodes[0], onB, "silence");
        await SendAsync(nodes[0], onB, "silence");
        await Await(() => Ids().Count == 2, "both are delivered to b");

        Hub.Kill("b");

        await Await(() => Ids().Count == 4, "both are delivered again");
        Ids()[2..].ShouldBe(Ids()[..2]);
        Ids()[0].ShouldNotBe(Ids()[1]);
        Ids().ShouldAllBe(id => !id.IsNone);

        object Seen(object message, MessageId id)
        {
            seen.Enqueue((message, id));
            return message;
        }

        List<MessageId> Ids() => [.. seen.Where(one => one.Message is "silence").Select(one => one.Id)];
    }

    [Fact]
    public async Task A_send_that_its_publisher_had_to_repeat_has_one_id()
    {
        var seen = new ConcurrentQueue<MessageId>();
        var node = NewNode("a");
        await node.Cluster.JoinAsync(new UnsureTransport(Hub.CreateTransport()));
        ClusterSharding.Get(node.System).Start("ledger", _ledger.PropsOn("a"), new ClusterShardingSettings { Identify = (message, id) => Seen(message, id) });

        await SendAsync(node, "alice", "once");

        await WrittenAsync(2);
        seen.Count.ShouldBe(2);
        seen.Distinct().Count().ShouldBe(1);

        object Seen(object message, MessageId id)
        {
            seen.Enqueue(id);
            return message;
        }
    }

    [Fact]
    public async Task A_message_that_may_not_travel_is_refused_at_the_sender()
    {
        var node = await StartAsync("a");

        await Should.ThrowAsync<MessageRefusedException>(() => SendAsync(node, "alice", new Unregistered("x")));
    }

    private async Task<Node> StartAsync(string name, string roles = "", ClusterShardingSettings? settings = null, string config = "")
    {
        var node = await JoinAsync(name, roles, config);
        ClusterSharding.Get(node.System).Start("ledger", _ledger.PropsOn(name), settings);
        return node;
    }

    private async Task<Node[]> StartAllAsync(params string[] names)
    {
        var nodes = await JoinAllAsync(names);
        foreach (var node in nodes)
        {
            ClusterSharding.Get(node.System).Start("ledger", _ledger.PropsOn(node.Name));
        }
        return nodes;
    }

    private static Task SendAsync(Node node, string entity, object message) => ClusterSharding.Get(node.System).SendAsync("ledger", entity, message);

    private static Task<string> AskAsync(Node node, string entity, string message) =>
        ClusterSharding.Get(node.System).ShardRegion("ledger").Ask<string>(new ShardingEnvelope(entity, message), Long);

    private static async Task SendManyAsync(Node node, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await SendAsync(node, $"entity-{i % 20}", i);
        }
    }

    private static async Task<string> EntityOnAsync(Node node, string member)
    {
        for (var i = 0; ; i++)
        {
            if (await AskAsync(node, $"entity-{i}", "who") == member)
            {
                return $"entity-{i}";
            }
        }
    }

    private static Task<CurrentShardRegionState> StateAsync(Node node) =>
        ClusterSharding.Get(node.System).ShardRegion("ledger").Ask<CurrentShardRegionState>(GetShardRegionState.Instance, Long);

    private static async Task ShardsAreActiveAsync(IReadOnlyList<Node> nodes) => await nodes[0].Kit.AwaitConditionAsync(
        async () =>
        {
            var states = await Task.WhenAll(nodes.Select(StateAsync));
            var shares = states.Select(state => state.Shards.Count(shard => shard.IsActive)).ToArray();
            return shares.Sum() == 8 && shares.Max() - shares.Min() <= 1 && states.Sum(state => state.Shards.Count) == 8;
        },
        Long);

    private Task WrittenAsync(int count) => Await(() => _ledger.Written.Count >= count, $"{count} written");

    private Task AllWrittenAsync(int count) =>
        Await(() => _ledger.Written.Select(one => one.Message).OfType<int>().Distinct().Count() == count, $"all of {count} written");

    private static async Task Await(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Long);
        while (!condition())
        {
            deadline.Token.IsCancellationRequested.ShouldBeFalse($"not within {Long}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
        }
    }
}
