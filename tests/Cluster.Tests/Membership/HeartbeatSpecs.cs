using Sluice.Cluster.Transport.Memory;
using Sluice.TestKit;

namespace Sluice.Cluster.Tests.Membership;

public sealed class HeartbeatSpecs : ClusterRig
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly TestClock _clock = new();

    [Fact]
    public async Task A_member_that_hangs_while_its_connection_stands_is_expelled()
    {
        var (a, b) = await TwoAsync(new TestClock());
        var before = b.Cluster.SelfUniqueAddress;
        var downs = a.Kit.CreateTestProbe();
        a.Cluster.Subscribe(downs.Ref, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.MemberDowned));

        var passed = await AdvanceUntilAsync(a, () => b.Cluster.SelfUniqueAddress != before);

        passed.ShouldBeGreaterThan(TimeSpan.FromSeconds(5));
        downs.ExpectMsg<ClusterEvent.MemberDowned>(TimeSpan.FromSeconds(30)).Reason.ShouldContain("nothing was heard");
    }

    [Fact]
    public async Task Members_that_are_heard_stay()
    {
        var (a, b) = await TwoAsync(_clock);

        for (var i = 0; i < 20; i++)
        {
            await AdvanceAsync(a, b);
        }

        a.Cluster.State.Members.Count.ShouldBe(2);
        b.Cluster.State.Members.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_does_not_hear_itself_judges_nobody()
    {
        var (a, _) = await TwoAsync(new TestClock());
        Hub.Cut("a", LinkDirection.FromBroker);

        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(Interval);
        }
        Hub.Heal("a");

        a.Cluster.State.Members.Count.ShouldBe(2);
    }

    private async Task<(Node A, Node B)> TwoAsync(TestClock clockOfB)
    {
        const string silence = "sluice.cluster.silence = 5s";
        var (a, b) = (NewNode("a", config: silence, clock: _clock), NewNode("b", config: silence, clock: clockOfB));
        await a.Cluster.JoinAsync(Hub.CreateTransport());
        await b.Cluster.JoinAsync(Hub.CreateTransport());
        await a.SeesAsync("a", "b");
        await b.SeesAsync("a", "b");
        return (a, b);
    }

    /// <summary>One interval after the other, in each of which a member hears itself.</summary>
    private async Task<TimeSpan> AdvanceUntilAsync(Node hearing, Func<bool> condition)
    {
        var passed = TimeSpan.Zero;
        await hearing.Kit.AwaitConditionAsync(
            () =>
            {
                if (!condition() && HeardAt(hearing, hearing) >= _clock.GetTimestamp())
                {
                    _clock.Advance(Interval);
                    passed += Interval;
                }
                return condition();
            },
            TimeSpan.FromSeconds(30),
            TimeSpan.FromMilliseconds(1));
        return passed;
    }

    /// <summary>One interval for both, and both have heard each other since.</summary>
    private async Task AdvanceAsync(Node a, Node b)
    {
        var (atA, atB) = (HeardAt(a, b), HeardAt(b, a));
        _clock.Advance(Interval);
        await a.Kit.AwaitConditionAsync(() => HeardAt(a, b) > atA && HeardAt(b, a) > atB, TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(1));
    }

    private static long HeardAt(Node by, Node of) => by.Cluster.Participation!.Heartbeats.HeardAt(of.Cluster.Participation!.Parts.Self);
}
