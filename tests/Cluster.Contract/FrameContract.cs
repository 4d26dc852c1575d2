using System.Text;
using Sluice.Cluster.Transport;

namespace Sluice.Cluster.Contract;

/// <summary>Frames from member to member.</summary>
public abstract class FrameContract : TransportContract
{
    [Fact]
    public async Task Frames_of_one_sender_arrive_in_order()
    {
        var (a, b) = await TwoAsync();

        for (var i = 0; i < 1_000; i++)
        {
            await a.SendAsync(b, $"{i}");
        }

        (await b.Frames.UntilCountAsync(1_000)).ShouldBe(Enumerable.Range(0, 1_000).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_member_can_send_to_itself()
    {
        var a = await JoinAsync("a");

        await a.SendAsync(a, "to myself");

        await a.Frames.UntilSeenAsync("to myself");
    }

    [Fact]
    public async Task A_broadcast_reaches_all_but_its_sender()
    {
        var (a, b) = await TwoAsync();
        var c = await JoinAsync("c");

        await a.Transport.BroadcastAsync(Encoding.UTF8.GetBytes("all"), CancellationToken.None);
        await a.SendAsync(a, "marker");

        await b.Frames.UntilSeenAsync("all");
        await c.Frames.UntilSeenAsync("all");
        (await a.Frames.UntilSeenAsync("marker")).ShouldNotContain("all");
    }

    [Fact]
    public async Task What_is_sent_to_nobody_or_to_an_earlier_incarnation_is_dropped()
    {
        var (a, b) = await TwoAsync();

        await a.SendAsync(new MemberId("nobody", 1), "lost");
        await a.SendAsync(new MemberId("b", 7), "lost");
        await a.SendAsync(b, "marker");

        (await b.Frames.UntilSeenAsync("marker")).ShouldBe(["marker"]);
    }

    [Fact]
    public async Task The_bytes_of_a_frame_may_be_used_again_when_it_was_taken()
    {
        var (a, b) = await TwoAsync();
        var bytes = "first"u8.ToArray();

        await a.Transport.SendAsync(b.Id, bytes, CancellationToken.None);
        "again"u8.CopyTo(bytes);
        await a.Transport.SendAsync(b.Id, bytes, CancellationToken.None);

        (await b.Frames.UntilCountAsync(2)).ShouldBe(["first", "again"]);
    }

    [Fact]
    public async Task A_frame_of_the_greatest_length_arrives_and_a_longer_one_is_refused()
    {
        var (a, b) = await TwoAsync();
        var longest = new byte[a.Transport.MaxFrameBytes];
        longest.AsSpan().Fill((byte)'x');

        await a.Transport.SendAsync(b.Id, longest, CancellationToken.None);
        await Should.ThrowAsync<ArgumentException>(
            () => a.Transport.SendAsync(b.Id, new byte[a.Transport.MaxFrameBytes + 1], CancellationToken.None).AsTask());

        (await b.Frames.UntilCountAsync(1))[0].Length.ShouldBe(longest.Length);
    }

    [Fact]
    public async Task Nothing_is_sent_before_the_join_or_after_the_leave()
    {
        var a = NewMember("a");
        await Should.ThrowAsync<TransportException>(() => a.SendAsync(a.Id, "too early"));
        await a.JoinAsync();
        await a.Transport.LeaveAsync(CancellationToken.None);

        await Should.ThrowAsync<TransportException>(() => a.SendAsync(a.Id, "too late"));
    }

    [Fact]
    public async Task Sends_wait_while_the_broker_takes_nothing()
    {
        var (a, b) = await TwoAsync();
        if (!await Rig.BlockAsync())
        {
            return;
        }
        await a.Events.UntilSeenAsync("Blocked");

        var sending = a.SendAsync(b, "late");
        sending.IsCompleted.ShouldBeFalse();
        await Rig.UnblockAsync();

        await sending;
        await b.Frames.UntilSeenAsync("late");
        await a.Events.UntilSeenAsync("Connected");
    }
}
