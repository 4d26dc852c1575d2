using Sluice.Cluster.Transport;
using Sluice.Cluster.Transport.Memory;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Tests.Membership;

public sealed class MembershipSpecs : ClusterRig
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Members_see_each_other_with_roles_and_version()
    {
        var a = await JoinAsync("a", "sinks, gpu");
        var b = await JoinAsync("b");
        await b.SeesAsync("a", "b");

        var seen = b.Cluster.State.Members.Single(member => member.Name == "a");

        seen.HasRole("gpu").ShouldBeTrue();
        seen.Status.ShouldBe(MemberStatus.Up);
        seen.AppVersion.ShouldBe("0.1.0");
        seen.ShouldBe(a.Cluster.SelfMember);
        b.Cluster.State.AllRoles.ShouldBe(["gpu", "sinks"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_subscriber_gets_the_state_and_then_what_happens()
    {
        var a = await JoinAsync("a");
        await a.SeesAsync("a");
        var probe = a.Kit.CreateTestProbe();

        a.Cluster.Subscribe(probe.Ref, typeof(ClusterEvent.IMemberEvent));

        probe.ExpectMsg<ClusterEvent.CurrentClusterState>(Long).Members.Single().Name.ShouldBe("a");
        await JoinAsync("b");
        probe.ExpectMsg<ClusterEvent.MemberUp>(Long).Member.Name.ShouldBe("b");
    }

    [Fact]
    public async Task A_leave_is_told_as_one_and_a_loss_as_a_loss()
    {
        var nodes = await JoinAllAsync("a", "b", "c");
        var probe = nodes[0].Kit.CreateTestProbe();
        nodes[0].Cluster.Subscribe(probe.Ref, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberLeft), typeof(ClusterEvent.MemberDowned), typeof(ClusterEvent.MemberRemoved));

        await nodes[1].Cluster.LeaveAsync();
        probe.ExpectMsg<ClusterEvent.MemberLeft>(Long).Member.Name.ShouldBe("b");
        probe.ExpectMsg<ClusterEvent.MemberRemoved>(Long).PreviousStatus.ShouldBe(MemberStatus.Exiting);

        Hub.Kill("c");
        var downed = probe.ExpectMsg<ClusterEvent.MemberDowned>(Long);
        (downed.Member.Name, downed.Member.Status).ShouldBe(("c", MemberStatus.Down));
        downed.Reason.ShouldContain("connection");
        probe.ExpectMsg<ClusterEvent.MemberRemoved>(Long).PreviousStatus.ShouldBe(MemberStatus.Down);
    }

    [Fact]
    public async Task Ending_a_system_leaves_the_cluster()
    {
        var nodes = await JoinAllAsync("a", "b");

        await nodes[1].System.Terminate();

        await nodes[0].SeesAsync("a");
        nodes[1].Cluster.IsMember.ShouldBeFalse();
    }

    [Fact]
    public async Task A_member_of_another_cluster_is_refused_with_what_to_change()
    {
        await JoinAsync("a");

        var refusal = await Should.ThrowAsync<JoinRefusedException>(() => JoinAsync("b", config: "sluice.cluster.name = other"));

        refusal.Message.ShouldContain("'sluice'");
        refusal.Message.ShouldContain("'other'");
        refusal.Message.ShouldContain("sluice.cluster.name");
    }

    [Fact]
    public async Task A_member_of_another_protocol_version_is_refused_with_what_to_change()
    {
        await JoinAsync("a");
        var stranger = new Contract.TestMember(Hub.CreateTransport(), Contract.TestMember.InfoOf("b", cluster: "sluice") with { Protocol = 99 });

        var refusal = await Should.ThrowAsync<JoinRefusedException>(stranger.JoinAsync);

        refusal.Message.ShouldContain("protocol version 99");
        refusal.Message.ShouldContain("run the same version");
    }

    [Fact]
    public async Task A_frozen_member_is_removed_and_joins_again_as_another_incarnation_when_it_goes_on()
    {
        var nodes = await JoinAllAsync("a", "b");
        var before = nodes[1].Cluster.SelfUniqueAddress;
        var echo = nodes[0].RefTo(nodes[1], nodes[1].System.ActorOf(Props.Create<Echo>(), "echo"));
        Hub.Freeze("b");
        HubClock.Advance(TimeSpan.FromSeconds(5));
        await nodes[0].SeesAsync("a");

        Hub.Thaw("b");

        await nodes[0].SeesAsync("a", "b");
        await nodes[1].SeesAsync("a", "b");
        nodes[1].Cluster.SelfUniqueAddress.ShouldNotBe(before);
        (await nodes[0].System.ActorSelection("sluice://sluice@b/user/echo").Ask<string>("again", Long)).ShouldBe("again");
        echo.Path.Address.Port.ShouldBe(before.Uid);
    }

    [Theory]
    [InlineData(LinkDirection.ToBroker)]
    [InlineData(LinkDirection.FromBroker)]
    [InlineData(LinkDirection.Both)]
    public async Task A_cut_member_is_removed_by_both_sides_and_both_meet_again_after_it_heals(LinkDirection direction)
    {
        var nodes = await JoinAllAsync("a", "b", "c");
        Hub.Cut("b", direction);
        HubClock.Advance(TimeSpan.FromSeconds(5));
        await nodes[0].SeesAsync("a", "c");
        await nodes[2].SeesAsync("a", "c");

        Hub.Heal("b");

        foreach (var node in nodes)
        {
            await node.SeesAsync("a", "b", "c");
        }
    }

    [Fact]
    public async Task A_member_can_be_taken_down_by_hand()
    {
        var nodes = await JoinAllAsync("a", "b");
        var probe = nodes[0].Kit.CreateTestProbe();
        nodes[0].Cluster.Subscribe(probe.Ref, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberDowned));

        await nodes[0].Cluster.DownAsync(nodes[1].Cluster.SelfAddress);

        probe.ExpectMsg<ClusterEvent.MemberDowned>(Long).Reason.ShouldContain("by hand");
    }

    [Fact]
    public async Task An_observer_sees_members_and_loads_and_is_seen_by_nobody()
    {
        var nodes = await JoinAllAsync("a", "b");
        var observer = NewNode("eye");
        await observer.Cluster.ObserveAsync(Hub.CreateTransport());

        await observer.SeesAsync("a", "b");
        await observer.Kit.AwaitConditionAsync(() => observer.Cluster.State.Members.All(member => observer.Cluster.LoadOf(member) is { MemoryBytes: > 0 }), Long);
        nodes[0].Cluster.State.Members.Count.ShouldBe(2);
        observer.Cluster.IsMember.ShouldBeFalse();
        var echo = nodes[0].System.ActorOf(Props.Create<Echo>(), "echo");
        (await observer.RefTo(nodes[0], echo).Ask<string>("hello", Long)).ShouldBe("hello");
    }

    [Fact]
    public async Task A_system_without_a_name_for_its_member_cannot_join()
    {
        var node = NewNode("\"\"");

        var wrong = await Should.ThrowAsync<ConfigurationException>(() => node.Cluster.JoinAsync(Hub.CreateTransport()));

        wrong.Message.ShouldContain("sluice.cluster.member");
    }
}
