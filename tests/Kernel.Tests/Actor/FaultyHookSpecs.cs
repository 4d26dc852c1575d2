using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

/// <summary>Whatever an actor's own code throws, its supervisor or the log gets to know, and the others go on.</summary>
public sealed class FaultyHookSpecs : KernelSpecs
{
    private static readonly InvalidOperationException Fault = new("hook");

    [Fact]
    public async Task A_failing_PostRestart_is_a_new_failure_which_stops()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            me.AtPostRestart = _ => throw Fault;
            me.On<string>(_ => throw new NotSupportedException());
        });
        await inbox.Watch(actor);

        actor.Tell("boom");

        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task A_failing_predicate_is_a_failure_of_the_message()
    {
        var errors = Subscribe<Error>();
        var actor = Start(me => me.On<string>(_ => { }, _ => throw Fault));

        actor.Tell("boom");

        (await errors.Expect<Error>()).Cause.ShouldBe(Fault);
        (await actor.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromHours(1))).Subject.ShouldBe(actor);
    }

    [Fact]
    public async Task A_decider_that_throws_fails_the_parent()
    {
        var inbox = NewInbox();
        var parent = Start(me =>
        {
            me.AtPreRestart = (reason, _) => inbox.Ref.Tell(reason);
            me.Strategy = new OneForOneStrategy(_ => throw Fault);
            var child = LambdaActor.Context.ActorOf(LambdaActor.Of(one => one.On<string>(_ => throw new NotSupportedException())));
            me.On<string>(text => child.Tell(text));
        });

        parent.Tell("boom");

        await inbox.Expect(Fault);
    }

    [Fact]
    public async Task A_failing_SupervisorStrategy_fails_the_parent()
    {
        var inbox = NewInbox();
        var parent = Sys.ActorOf(Props.Create(() => new WithoutStrategy(inbox)));

        parent.Tell("boom");

        await inbox.Expect("restarted because of hook");
    }

    [Fact]
    public async Task A_failing_Dispose_is_logged_and_the_actor_ends()
    {
        var errors = Subscribe<Error>();
        var actor = Sys.ActorOf(Props.Create(() => new FailingToDispose()));

        (await actor.GracefulStop(TimeSpan.FromHours(1)).WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();

        (await errors.Expect<Error>()).Message.ShouldBe("Dispose failed: hook");
    }

    [Fact]
    public async Task A_failing_scheduled_action_is_logged_and_the_others_run()
    {
        var errors = Subscribe<Error>();
        var inbox = NewInbox();
        Sys.Scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(1), () => throw Fault);
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), inbox.Ref, "goes on", ActorRefs.NoSender);

        Clock.Advance(TimeSpan.FromSeconds(1));

        (await errors.Expect<Error>()).Cause.ShouldBe(Fault);
        await inbox.Expect("goes on");
    }

    private sealed class FailingToDispose : ReceiveActor, IDisposable
    {
        public void Dispose() => throw Fault;
    }

    private sealed class WithoutStrategy : ReceiveActor
    {
        private readonly Inbox _inbox;

        public WithoutStrategy(Inbox inbox)
        {
            _inbox = inbox;
            var child = Context.ActorOf(LambdaActor.Of(one => one.On<string>(_ => throw new NotSupportedException())));
            Receive<string>(text => child.Tell(text));
        }

        protected override SupervisorStrategy SupervisorStrategy() => throw Fault;

        protected override void PreRestart(Exception reason, object? message) =>
            _inbox.Ref.Tell($"restarted because of {reason.Message}");
    }
}
