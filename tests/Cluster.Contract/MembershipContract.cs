using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Contract;

/// <summary>Who is there.</summary>
public abstract class MembershipContract : TransportContract
{
    [Fact]
    public async Task A_member_is_told_of_itself_and_of_all_others_whoever_came_first()
    {
        var (a, b) = await TwoAsync();

        await a.Events.UntilSeenAsync("up a:1");
        await b.Events.UntilSeenAsync("up b:1");
        a.Transport.State.ShouldBe(TransportState.Connected);
    }

    [Fact]
    public async Task A_goodbye_comes_after_all_that_was_sent_before()
    {
        var (a, b) = await TwoAsync();
        for (var i = 0; i < 100; i++)
        {
            await b.SendAsync(a, $"{i}");
        }
        await b.Transport.LeaveAsync(CancellationToken.None);

        await a.Events.UntilSeenAsync("left b:1");
        (await a.Frames.UntilCountAsync(100)).ShouldBe(Enumerable.Range(0, 100).Select(i => $"{i}"));
        a.Events.Seen.ShouldNotContain("lost b:1");
        b.Transport.State.ShouldBe(TransportState.Closed);
    }

    [Fact]
    public async Task Who_has_left_can_come_again_as_another_incarnation()
    {
        var (a, b) = await TwoAsync();
        await b.Transport.LeaveAsync(CancellationToken.None);
        await a.Events.UntilSeenAsync("left b:1");

        await JoinAsync("b", incarnation: 2);

        await a.Events.UntilSeenAsync("up b:2");
    }

    [Fact]
    public async Task A_name_that_a_living_member_has_is_refused()
    {
        await JoinAsync("a");

        var refusal = await Should.ThrowAsync<JoinRefusedException>(() => JoinAsync("a", incarnation: 2));

        refusal.Message.ShouldContain("a");
        refusal.Message.ShouldContain("name");
    }

    [Fact]
    public async Task A_member_may_refuse_another_with_a_sentence()
    {
        var a = await JoinAsync("a");
        a.Refusal = "This is the cluster test.";

        var refusal = await Should.ThrowAsync<JoinRefusedException>(() => JoinAsync("b"));

        refusal.Message.ShouldContain("This is the cluster test.");
        a.Refusal = null;
        await JoinAsync("b", incarnation: 2);
        (await a.Events.UntilSeenAsync("up b:2")).ShouldNotContain("up b:1");
    }

    [Fact]
    public async Task A_killed_member_is_lost_for_all_others()
    {
        var (a, _) = await TwoAsync();
        var c = await JoinAsync("c");
        await c.Events.UntilSeenAsync("up b:1");
        if (!await Rig.KillAsync("b"))
        {
            return;
        }

        await a.Events.UntilSeenAsync("lost b:1");
        await c.Events.UntilSeenAsync("lost b:1");
    }

    [Fact]
    public async Task A_killed_member_can_be_started_again_under_its_name()
    {
        var (a, _) = await TwoAsync();
        if (!await Rig.KillAsync("b"))
        {
            return;
        }

        var again = await JoinAsync("b", incarnation: 2);

        (await a.Events.UntilSeenAsync("up b:2")).ShouldContain("lost b:1");
        await a.SendAsync(again, "hello");
        await again.Frames.UntilSeenAsync("hello");
    }

    [Fact]
    public async Task A_frozen_member_is_lost_and_learns_of_it_when_it_goes_on()
    {
        Rig.Expect(ExpectedBreak.Silence);
        var (a, b) = await TwoAsync();
        if (!await Rig.FreezeUntilLostAsync("b"))
        {
            return;
        }
        await a.Events.UntilSeenAsync("lost b:1");

        await Rig.ThawAsync("b");

        await b.Events.UntilSeenAsync("expelled");
        await Should.ThrowAsync<TransportException>(() => b.SendAsync(a, "from the dead"));
        a.Frames.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_expelled_member_is_lost_for_the_others_and_learns_of_it()
    {
        var (a, b) = await TwoAsync();
        var c = await JoinAsync("c");
        await c.Events.UntilSeenAsync("up b:1");

        await a.Transport.ExpelAsync(b.Id, "it hangs", CancellationToken.None);

        await a.Events.UntilSeenAsync("lost b:1");
        await c.Events.UntilSeenAsync("lost b:1");
        await b.Events.UntilSeenAsync("expelled");
        a.Events.Seen.ShouldNotContain("expelled");
    }

    [Fact]
    public async Task A_connection_that_is_back_within_the_grace_is_no_news_to_the_others()
    {
        Rig.Expect(ExpectedBreak.Brief);
        var (a, b) = await TwoAsync();
        if (!await Rig.DisconnectAsync("b"))
        {
            return;
        }
        await b.Events.UntilSeenAsync("Disconnected");
        var sending = b.SendAsync(a, "after the break");

        await Rig.ReconnectAsync("b");

        await a.Frames.UntilSeenAsync("after the break");
        await sending;
        await b.Events.UntilSeenAsync("Connected");
        a.Events.Seen.ShouldNotContain("lost b:1");
    }

    [Fact]
    public async Task A_connection_that_is_away_for_longer_is_a_loss()
    {
        var (a, b) = await TwoAsync();
        if (!await Rig.DisconnectAsync("b"))
        {
            return;
        }
        await Rig.PassGraceAsync();
        await a.Events.UntilSeenAsync("lost b:1");

        await Rig.ReconnectAsync("b");

        await b.Events.UntilSeenAsync("expelled");
    }
}
