using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.TestKit;

public sealed class TestSchedulerSpecs() : KitSpecs(VirtualTime)
{
    [Fact]
    public void Nothing_is_sent_before_its_time_and_all_of_it_then_in_order()
    {
        Scheduler.ScheduleTellOnce(Second * 2, TestActor, "second", ActorRefs.NoSender);
        Scheduler.ScheduleTellOnce(Second, TestActor, "first", ActorRefs.NoSender);

        Scheduler.Advance(Second * 0.9);
        ExpectNoMsg(TimeSpan.Zero);
        Scheduler.Advance(Second * 2);

        ExpectMsg("first");
        ExpectMsg("second");
    }

    [Fact]
    public void What_repeats_keeps_its_rate_until_it_is_cancelled()
    {
        var cancel = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(Second, Second, TestActor, "tick", ActorRefs.NoSender);

        Scheduler.Advance(Second * 3.5);
        cancel.Cancel();
        Scheduler.Advance(Second * 5);

        ReceiveN(3).ShouldBe(["tick", "tick", "tick"]);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Time_is_advanced_to_a_point_and_never_back()
    {
        var start = Scheduler.Now;
        Scheduler.ScheduleTellOnce(Second, TestActor, "then", ActorRefs.NoSender);

        Scheduler.AdvanceTo(start + Second);

        ExpectMsg("then");
        Scheduler.MonotonicClock.ShouldBe(Second);
        Should.Throw<ArgumentOutOfRangeException>(() => Scheduler.AdvanceTo(start));
    }

    [Fact]
    public void An_action_sees_the_time_at_which_it_was_due()
    {
        var seen = new List<TimeSpan>();
        Scheduler.Advanced.ScheduleRepeatedly(Second, Second * 2, () => seen.Add(Scheduler.MonotonicClock));

        Scheduler.Advance(Second * 6);

        seen.ShouldBe([Second, Second * 3, Second * 5]);
    }

    [Fact]
    public void Timers_of_actors_and_of_the_time_provider_follow_the_same_clock()
    {
        var actor = Start(me =>
        {
            me.AtStart = () => me.Timers.StartSingleTimer("key", "tick", Second);
            me.On<string>(text => TestActor.Tell(text));
        });
        ExpectNoMsgFrom(actor);
        using var timer = Scheduler.Clock.CreateTimer(_ => TestActor.Tell("tock"), null, Second * 2, Timeout.InfiniteTimeSpan);

        Scheduler.Advance(Second);
        ExpectMsg("tick");
        Scheduler.Advance(Second);

        ExpectMsg("tock");
    }

    [Fact]
    public async Task An_ask_times_out_when_the_test_says_so()
    {
        var silent = Start(me => me.OnAny(_ => { }));
        var answer = silent.Ask<string>("well?", Second);

        Scheduler.Advance(Second);

        await Should.ThrowAsync<AskTimeoutException>(() => answer);
    }
}
