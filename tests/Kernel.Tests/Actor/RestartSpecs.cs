using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

public sealed class RestartSpecs : KernelSpecs
{
    private static readonly InvalidOperationException Fault = new("fault");

    [Fact]
    public async Task The_hooks_of_a_restart_come_in_their_order_with_the_failure_and_its_message()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            inbox.Ref.Tell("constructor");
            me.AtStart = () => inbox.Ref.Tell("start");
            me.AtPreRestart = (reason, message) => inbox.Ref.Tell($"pre {reason.Message} {message}");
            me.AtStop = () => inbox.Ref.Tell("stop");
            me.AtPostRestart = reason => inbox.Ref.Tell($"post {reason.Message}");
            me.On<string>(_ => throw Fault);
        });
        await inbox.Expect("constructor", "start");

        actor.Tell("boom");

        await inbox.Expect("pre fault boom", "stop", "constructor", "post fault", "start");
    }

    [Fact]
    public async Task A_restart_keeps_the_mailbox_and_the_ref_and_loses_the_message_in_hand()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            me.On<int>(_ => throw Fault);
            me.On<string>(text => inbox.Ref.Tell(text));
        });

        actor.Tell("one");
        actor.Tell(1);
        actor.Tell("two");

        await inbox.Expect("one", "two");
    }

    [Fact]
    public async Task A_restart_clears_the_behaviours()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            me.On<string>(text => inbox.Ref.Tell($"first {text}"));
            me.On<int>(_ => me.Become(() =>
            {
                me.On<string>(text => inbox.Ref.Tell($"second {text}"));
                me.On<Exception>(fault => throw fault);
            }));
        });
        actor.Tell(1);
        actor.Tell("a");

        actor.Tell(Fault);
        actor.Tell("b");

        await inbox.Expect("second a", "first b");
    }

    [Fact]
    public async Task The_children_are_stopped_before_the_new_instance_is_made()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            inbox.Ref.Tell("parent");
            LambdaActor.Context.ActorOf(LambdaActor.Of(child => child.AtStop = () => inbox.Ref.Tell("child stopped")), "child");
            me.On<string>(_ => throw Fault);
        });
        await inbox.Expect("parent");

        actor.Tell("boom");

        await inbox.Expect("child stopped", "parent");
    }

    [Fact]
    public async Task A_failing_PreRestart_is_logged_and_the_restart_goes_on_with_the_stash()
    {
        var errors = Subscribe<Kernel.Event.Error>();
        var inbox = NewInbox();
        var isSecond = false;
        var actor = Start(me =>
        {
            me.AtPreRestart = (_, _) => throw new NotSupportedException("hook");
            me.On<string>(text =>
            {
                if (isSecond)
                {
                    inbox.Ref.Tell(text);
                }
                else
                {
                    me.Stash.Stash();
                }
            });
            me.On<int>(_ =>
            {
                isSecond = true;
                throw Fault;
            });
        });

        actor.Tell("kept");
        actor.Tell(1);

        await inbox.Expect("kept");
        (await errors.Expect<Kernel.Event.Error>()).Message.ShouldBe("fault");
        (await errors.Expect<Kernel.Event.Error>()).Cause.ShouldBeOfType<PreRestartException>();
    }

    [Fact]
    public async Task A_failing_constructor_in_a_restart_is_a_new_failure_which_stops()
    {
        var inbox = NewInbox();
        var instances = 0;
        var actor = Start(me =>
        {
            if (++instances == 2)
            {
                throw new NotSupportedException("second constructor");
            }
            me.On<string>(_ => throw Fault);
        });
        await inbox.Watch(actor);

        actor.Tell("boom");

        (await inbox.Expect<Terminated>()).ActorRef.ShouldBe(actor);
        instances.ShouldBe(2);
    }

    [Fact]
    public async Task A_failing_constructor_stops_the_actor_by_default()
    {
        var inbox = NewInbox();
        var actor = Start(_ => throw Fault);

        await inbox.Watch(actor);

        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task A_failing_PreStart_stops_the_actor_by_default()
    {
        var inbox = NewInbox();
        var actor = Start(me => me.AtStart = () => throw Fault);

        await inbox.Watch(actor);

        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task A_failing_PostStop_is_logged_and_the_actor_stops()
    {
        var errors = Subscribe<Kernel.Event.Error>();
        var inbox = NewInbox();
        var actor = Start(me => me.AtStop = () => throw Fault);
        await inbox.Watch(actor);

        Sys.Stop(actor);

        await inbox.Expect<Terminated>();
        (await errors.Expect<Kernel.Event.Error>()).Cause.ShouldBe(Fault);
    }

    [Fact]
    public async Task A_disposable_actor_is_disposed_when_its_instance_is_dropped()
    {
        var inbox = NewInbox();
        var actor = Sys.ActorOf(Props.Create(() => new Disposable(inbox)));

        actor.Tell("boom");
        await inbox.Expect("disposed");
        Sys.Stop(actor);

        await inbox.Expect("disposed");
    }

    [Fact]
    public async Task A_kill_stops_the_actor_by_default()
    {
        var inbox = NewInbox();
        var actor = Start(_ => { });
        await inbox.Watch(actor);

        actor.Tell(Kill.Instance);

        await inbox.Expect<Terminated>();
    }

    private sealed class Disposable(Inbox inbox) : ReceiveActor, IDisposable
    {
        public void Dispose() => inbox.Ref.Tell("disposed");

        protected override void Unhandled(object message) => throw Fault;
    }
}
