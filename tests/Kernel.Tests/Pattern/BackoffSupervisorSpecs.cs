using Sluice.Kernel.Actor;
using Sluice.Kernel.Pattern;
using Sluice.Kernel.Tests.Actor;
using Sluice.Kernel.Tests.TestKit;

namespace Sluice.Kernel.Tests.Pattern;

public sealed class BackoffSupervisorSpecs() : KitSpecs(VirtualTime)
{
    [Fact]
    public void A_child_that_stopped_is_started_again_after_a_delay_that_doubles_up_to_a_limit()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(OnStop().WithManualReset()));

        foreach (var delay in new[] { 1, 2, 4, 5, 5 })
        {
            ExpectMsg("started");
            EndChild(supervisor);
            Scheduler.Advance(Second * delay - TimeSpan.FromMilliseconds(1));
            ExpectNoMsgFrom(supervisor);
            Scheduler.Advance(TimeSpan.FromMilliseconds(1));
        }
        ExpectMsg("started");
    }

    [Fact]
    public void A_child_that_failed_is_started_again_after_the_delay()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child, "child", Second, Second * 5, 0)));
        ExpectMsg("started");

        FailChild(supervisor);
        ExpectNoMsgFrom(supervisor);
        Scheduler.Advance(Second);

        ExpectMsg("started");
    }

    [Fact]
    public void With_backoff_on_failure_a_child_that_stops_ends_the_supervisor()
    {
        var supervisor = Watch(Sys.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(Child, "child", Second, Second * 5, 0))));
        ExpectMsg("started");

        supervisor.Tell("stop");

        ExpectTerminated(supervisor);
    }

    [Fact]
    public void After_the_most_retries_the_supervisor_stops()
    {
        var supervisor = Watch(Sys.ActorOf(BackoffSupervisor.Props(OnStop().WithManualReset().WithMaxNrOfRetries(1))));
        ExpectMsg("started");
        EndChild(supervisor);
        Scheduler.Advance(Second);
        ExpectMsg("started");

        supervisor.Tell("stop");

        ExpectTerminated(supervisor);
    }

    [Fact]
    public void A_child_that_lives_long_enough_has_its_restarts_counted_anew()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(OnStop().WithAutoReset(Second * 3)));
        ExpectMsg("started");
        EndChild(supervisor);
        Scheduler.Advance(Second);
        ExpectMsg("started");
        RestartsOf(supervisor).ShouldBe(1);

        Scheduler.Advance(Second * 3);

        RestartsOf(supervisor).ShouldBe(0);
    }

    [Fact]
    public void The_count_is_reset_by_message()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(OnStop().WithManualReset()));
        ExpectMsg("started");
        EndChild(supervisor);

        supervisor.Tell(BackoffSupervisor.Reset.Instance);

        RestartsOf(supervisor).ShouldBe(0);
    }

    [Fact]
    public void Messages_are_forwarded_to_the_child_and_while_there_is_none_they_are_dead_letters()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(Child, "child", Second, Second * 5, 0));
        ExpectMsg("started");

        supervisor.Tell("hello");

        ExpectMsg("child hello");
        EndChild(supervisor);
        EventFilter.DeadLetter<string>(text => text == "lost").ExpectOne(() => supervisor.Tell("lost"));
    }

    [Fact]
    public void Messages_without_a_child_are_answered_if_there_is_an_answer()
    {
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(OnStop().WithReplyWhileStopped("later")));
        ExpectMsg("started");
        EndChild(supervisor);

        supervisor.Tell("hello");

        ExpectMsg("later");
    }

    [Fact]
    public void After_a_final_stop_message_the_supervisor_ends_with_its_child()
    {
        var supervisor = Watch(Sys.ActorOf(BackoffSupervisor.Props(OnStop().WithFinalStopMessage(message => message is "stop"))));
        ExpectMsg("started");

        supervisor.Tell("stop");

        ExpectTerminated(supervisor);
    }

    [Fact]
    public void A_random_factor_makes_delays_longer_by_at_most_that_share()
    {
        var delay = new BackoffDelay(Second, Second * 5, 0.5);

        var delays = Enumerable.Range(0, 1000).Select(_ => delay.After(1)).ToList();

        delays.ShouldAllBe(one => one >= Second * 2 && one <= Second * 3);
        delays.Distinct().Count().ShouldBeGreaterThan(900);
    }

    private Props Child => LambdaActor.Of(me =>
    {
        me.AtStart = () => TestActor.Tell("started");
        me.On<string>(_ => LambdaActor.Context.Stop(me.Self), text => text == "stop");
        me.On<string>(_ => throw new InvalidOperationException(), text => text == "fail");
        me.On<string>(text => me.Sender.Tell($"{me.Self.Path.Name} {text}"));
    });

    private BackoffOptions OnStop() => Backoff.OnStop(Child, "child", Second, Second * 5, 0);

    private void EndChild(IActorRef supervisor)
    {
        supervisor.Tell("stop");
        AwaitNoChild(supervisor);
    }

    private void FailChild(IActorRef supervisor)
    {
        supervisor.Tell("fail");
        AwaitNoChild(supervisor);
    }

    private void AwaitNoChild(IActorRef supervisor) => AwaitCondition(() =>
    {
        supervisor.Tell(BackoffSupervisor.GetCurrentChild.Instance);
        return ExpectMsg<BackoffSupervisor.CurrentChild>().Ref.IsNobody();
    });

    private int RestartsOf(IActorRef supervisor)
    {
        supervisor.Tell(BackoffSupervisor.GetRestartCount.Instance);
        return ExpectMsg<BackoffSupervisor.RestartCount>().Count;
    }
}
