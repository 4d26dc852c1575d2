using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Cluster.Tests.Remoting;

public sealed class RemotingSpecs : ClusterRig
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_ref_names_its_member_and_incarnation()
    {
        var (a, b, echo) = await WithEchoAsync();

        echo.Path.ToString().ShouldBe($"sluice://sluice@b:{b.Cluster.SelfUniqueAddress.Uid}/user/echo");
        a.RefTo(b, b.System.ActorOf(Props.Create<Echo>(), "other")).ShouldNotBe(echo);
        b.Provider.ResolveActorRef(echo.Path.ToSerializationFormat()).Path.Address.HasLocalScope.ShouldBeTrue();
    }

    [Theory]
    [InlineData("text")]
    [InlineData(42)]
    [InlineData(42L)]
    [InlineData(4.5)]
    [InlineData(true)]
    public async Task Plain_values_arrive_as_they_were(object message)
    {
        var (_, _, echo) = await WithEchoAsync();

        (await echo.Ask<object>(message, Long)).ShouldBe(message);
    }

    [Fact]
    public async Task Registered_records_lists_of_derived_types_bytes_and_refs_arrive_as_they_were()
    {
        var (a, _, echo) = await WithEchoAsync();
        var probe = a.Kit.CreateTestProbe();

        (await echo.Ask<Greeting>(new Greeting("hello", 7), Long)).ShouldBe(new Greeting("hello", 7));
        (await echo.Ask<Shapes>(new Shapes([new Shape.Circle(1), new Shape.Square(2)]), Long)).All
            .ShouldBe([new Shape.Circle(1), new Shape.Square(2)]);
        (await echo.Ask<byte[]>(new byte[] { 1, 2, 3 }, Long)).ShouldBe([1, 2, 3]);
        (await echo.Ask<IActorRef>(probe.Ref, Long)).ShouldBeSameAs(probe.Ref);
        (await echo.Ask<IActorRef>(echo, Long)).ShouldBe(echo);
        (await echo.Ask<TimeSpan>(TimeSpan.FromSeconds(3), Long)).ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_ref_inside_a_message_leads_home()
    {
        var (a, _, echo) = await WithEchoAsync();
        var probe = a.Kit.CreateTestProbe();

        echo.Tell(new Letter(probe.Ref, new Greeting("home", 1)), ActorRefs.NoSender);

        probe.ExpectMsg(new Greeting("home", 1), Long);
        probe.LastSender.ShouldBe(echo);
    }

    [Fact]
    public async Task A_ref_to_a_third_member_works_when_it_was_passed_on()
    {
        var nodes = await JoinAllAsync("a", "b", "c");
        var probe = nodes[2].Kit.CreateTestProbe();
        var onC = nodes[0].RefTo(nodes[2], probe.Ref);
        var echo = nodes[0].RefTo(nodes[1], nodes[1].System.ActorOf(Props.Create<Echo>(), "echo"));

        echo.Tell(new Letter(onC, new Greeting("round", 3)), ActorRefs.NoSender);

        probe.ExpectMsg(new Greeting("round", 3), Long);
        probe.LastSender.Path.Address.Host.ShouldBe("b");
    }

    [Fact]
    public async Task A_failure_arrives_with_the_name_of_its_exception_and_faults_the_ask()
    {
        var (_, _, echo) = await WithEchoAsync();

        var failure = await Should.ThrowAsync<RemoteFailureException>(() => echo.Ask<Greeting>("fail", Long));

        failure.Message.ShouldBe("as you wished");
        failure.OriginalType.ShouldBe(typeof(InvalidOperationException).FullName);
    }

    [Fact]
    public async Task Forwarding_keeps_the_sender_across_members()
    {
        var (a, b, echo) = await WithEchoAsync();
        var probe = a.Kit.CreateTestProbe();
        var forwarder = b.System.ActorOf(Props.Create(() => new Forwarder(b.Provider.ResolveActorRef(echo.Path))));

        a.RefTo(b, forwarder).Tell("forwarded", probe.Ref);

        probe.ExpectMsg("forwarded", Long);
        probe.LastSender.ShouldBe(echo);
    }

    [Fact]
    public async Task Messages_of_one_sender_arrive_in_order()
    {
        var (a, _, echo) = await WithEchoAsync();
        var probe = a.Kit.CreateTestProbe();

        for (var i = 0; i < 20_000; i++)
        {
            echo.Tell(i, probe.Ref);
        }

        for (var i = 0; i < 20_000; i++)
        {
            probe.ExpectMsg<int>(Long).ShouldBe(i);
        }
    }

    [Fact]
    public async Task A_message_of_a_type_that_is_not_registered_is_refused_at_the_sender()
    {
        var (_, _, echo) = await WithEchoAsync();

        var refused = Should.Throw<MessageRefusedException>(() => echo.Tell(new Unregistered("x"), ActorRefs.NoSender));

        refused.Message.ShouldContain(typeof(Unregistered).FullName!);
        refused.Message.ShouldContain("[WireMessage]");
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_refused_at_the_sender()
    {
        var (_, _, echo) = await WithEchoAsync();

        var refused = Should.Throw<MessageRefusedException>(() => echo.Tell(new byte[1 << 20], ActorRefs.NoSender));

        refused.Message.ShouldContain("1048576");
    }

    [Fact]
    public async Task A_type_that_only_the_sender_knows_is_dropped_and_counted_at_the_receiver()
    {
        var (a, b, echo) = await WithEchoAsync();
        a.Cluster.Messages.Register<Unregistered>();

        echo.Tell(new Unregistered("x"), ActorRefs.NoSender);

        (await echo.Ask<string>("marker", Long)).ShouldBe("marker");
        b.Cluster.RefusedMessages.ShouldBe(1);
    }

    [Fact]
    public async Task Selections_reach_other_members_with_and_without_patterns()
    {
        var (a, b, echo) = await WithEchoAsync();

        (await a.System.ActorSelection("sluice://sluice@b/user/echo").ResolveOne(Long)).ShouldBe(echo);
        (await a.System.ActorSelection($"{b.Cluster.SelfAddress}/user/ec*").Ask<string>("many", Long)).ShouldBe("many");
        await Should.ThrowAsync<ActorNotFoundException>(
            () => a.System.ActorSelection("sluice://sluice@b/user/nobody").ResolveOne(Long));
    }

    [Fact]
    public async Task A_stopped_actor_is_told_to_its_watcher_after_all_that_it_said()
    {
        var (a, b, echo) = await WithEchoAsync();
        var probe = a.Kit.CreateTestProbe();
        probe.Watch(echo);
        for (var i = 0; i < 100; i++)
        {
            echo.Tell(i, probe.Ref);
        }
        echo.Tell(PoisonPill.Instance, ActorRefs.NoSender);

        for (var i = 0; i < 100; i++)
        {
            probe.ExpectMsg(i, Long);
        }
        var terminated = probe.ExpectTerminated(echo, Long);
        terminated.ExistenceConfirmed.ShouldBeTrue();
        terminated.AddressTerminated.ShouldBeFalse();
    }

    [Fact]
    public async Task Stopping_a_ref_stops_the_actor_and_watching_the_dead_tells_at_once()
    {
        var (a, b, echo) = await WithEchoAsync();
        var probe = a.Kit.CreateTestProbe();
        probe.Watch(echo);

        a.System.Stop(echo);
        probe.ExpectTerminated(echo, Long);

        var late = a.Kit.CreateTestProbe();
        late.Watch(echo);
        late.ExpectTerminated(echo, Long).ExistenceConfirmed.ShouldBeFalse();
    }

    [Fact]
    public async Task After_an_unwatch_nothing_is_told()
    {
        var (a, _, echo) = await WithEchoAsync();
        var probe = a.Kit.CreateTestProbe();
        var other = a.Kit.CreateTestProbe();
        probe.Watch(echo);
        probe.Unwatch(echo);
        other.Watch(echo);

        a.System.Stop(echo);

        other.ExpectTerminated(echo, Long);
        probe.Tell("marker");
        probe.ExpectMsg("marker", Long);
    }

    [Fact]
    public async Task When_a_member_is_lost_all_its_watched_actors_are_terminated()
    {
        var (a, _, echo) = await WithEchoAsync();
        var probe = a.Kit.CreateTestProbe();
        probe.Watch(echo);
        (await echo.Ask<string>("there", Long)).ShouldBe("there");

        Hub.Kill("b");

        probe.ExpectTerminated(echo, Long).AddressTerminated.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_told_to_a_lost_member_becomes_dead_letters_with_the_reason_and_so_it_stays_for_its_next_life()
    {
        var (a, _, echo) = await WithEchoAsync();
        var letters = a.Kit.CreateTestProbe();
        a.System.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        Hub.Kill("b");
        await a.SeesAsync("a");

        echo.Tell("lost", ActorRefs.NoSender);
        letters.ExpectMsg<DeadLetter>(Long).Reason.ShouldContain("was lost");

        var again = await JoinAsync("b");
        again.System.ActorOf(Props.Create<Echo>(), "echo");
        await a.SeesAsync("a", "b");
        echo.Tell("for the dead", ActorRefs.NoSender);
        letters.ExpectMsg<DeadLetter>(Long).Message.ShouldBe("for the dead");
        (await a.System.ActorSelection("sluice://sluice@b/user/echo").Ask<string>("alive", Long)).ShouldBe("alive");
    }

    [Fact]
    public async Task Members_that_came_and_went_are_forgotten()
    {
        var a = await JoinAsync("a");
        for (var i = 0; i < 5; i++)
        {
            var observer = NewNode("eye");
            await observer.Cluster.ObserveAsync(Hub.CreateTransport());
            await observer.SeesAsync("a");
            await observer.Cluster.LeaveAsync();
        }

        await a.Kit.AwaitConditionAsync(() => a.Cluster.Participation!.Links.All.Count() == 1, Long);
    }

    [Fact]
    public async Task A_ref_works_again_when_its_holder_was_expelled_and_is_back()
    {
        var (a, _, echo) = await WithEchoAsync();
        var before = a.Cluster.SelfUniqueAddress;
        await a.Cluster.DownAsync(a.Cluster.SelfAddress);
        await a.Kit.AwaitConditionAsync(() => a.Cluster.SelfUniqueAddress != before && a.Cluster.State.Members.Count == 2, Long);

        (await echo.Ask<string>("still there", Long)).ShouldBe("still there");
    }

    [Fact]
    public async Task What_waits_for_a_blocked_broker_becomes_dead_letters_when_the_receiver_is_lost()
    {
        var (a, _, echo) = await WithEchoAsync();
        var letters = a.Kit.CreateTestProbe();
        a.System.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        Hub.Block();
        await a.Kit.AwaitConditionAsync(() => a.Cluster.Transport!.State == Transport.TransportState.Blocked, Long);
        for (var i = 0; i < 1_000; i++)
        {
            echo.Tell(i, ActorRefs.NoSender);
        }

        Hub.Kill("b");

        var letter = letters.ExpectMsg<DeadLetter>(Long);
        letter.Recipient.ShouldBe(echo);
        letter.Message.ShouldBeOfType<int>();
    }

    [Fact]
    public async Task More_than_the_outbox_holds_becomes_dead_letters()
    {
        var nodes = new[] { await JoinAsync("a", config: "sluice.cluster.remoting { frame-bytes = 2 KiB, outbox-bytes = 20 KiB }"), await JoinAsync("b") };
        await nodes[0].SeesAsync("a", "b");
        var echo = nodes[0].RefTo(nodes[1], nodes[1].System.ActorOf(Props.Create<Echo>(), "echo"));
        var letters = nodes[0].Kit.CreateTestProbe();
        nodes[0].System.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        Hub.Block();
        await nodes[0].Kit.AwaitConditionAsync(() => nodes[0].Cluster.Transport!.State == Transport.TransportState.Blocked, Long);

        for (var i = 0; i < 100; i++)
        {
            echo.Tell(new byte[1_000], ActorRefs.NoSender);
        }

        letters.ExpectMsg<DeadLetter>(Long).Reason.ShouldContain("20480 bytes wait");
        Hub.Unblock();
    }

    private async Task<(Node A, Node B, IActorRef Echo)> WithEchoAsync()
    {
        var nodes = await JoinAllAsync("a", "b");
        return (nodes[0], nodes[1], nodes[0].RefTo(nodes[1], nodes[1].System.ActorOf(Props.Create<Echo>(), "echo")));
    }

    private sealed class Forwarder(IActorRef to) : UntypedActor
    {
        protected override void OnReceive(object message) => to.Forward(message);
    }
}
