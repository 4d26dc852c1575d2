using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

public sealed class ReceiveAsyncSpecs : KernelSpecs
{
    [Fact]
    public async Task No_other_message_is_handled_until_the_task_has_ended()
    {
        var inbox = NewInbox();
        var gate = new TaskCompletionSource();
        var actor = Start(me =>
        {
            me.OnAsync<int>(async _ =>
            {
                inbox.Ref.Tell("begin");
                await gate.Task;
                inbox.Ref.Tell("end");
            });
            me.On<string>(text => inbox.Ref.Tell(text));
        });
        actor.Tell(1);
        actor.Tell("next");
        await inbox.Expect("begin");
        await inbox.ExpectNothing();

        gate.SetResult();

        await inbox.Expect("end", "next");
    }

    [Fact]
    public async Task What_follows_an_await_runs_in_the_turn_with_self_sender_and_context()
    {
        var inbox = NewInbox();
        var actor = Start(me => me.OnAsync<string>(async text =>
        {
            for (var i = 0; i < 3; i++)
            {
                await Task.Yield();
                LambdaActor.Context.Self.ShouldBe(me.Self);
                me.Sender.Tell($"{text} {i}");
            }
        }));

        inbox.Tell(actor, "turn");

        await inbox.Expect("turn 0", "turn 1", "turn 2");
        inbox.LastSender.ShouldBe(actor);
    }

    [Fact]
    public async Task A_fault_of_the_task_is_an_ordinary_failure()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            me.AtPreRestart = (reason, message) => inbox.Ref.Tell($"{reason.Message} {message}");
            me.OnAsync<int>(async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("later");
            });
            me.On<string>(text => inbox.Ref.Tell(text));
        });

        actor.Tell(7);
        actor.Tell("goes on");

        await inbox.Expect("later 7", "goes on");
    }

    [Fact]
    public async Task An_actor_can_be_stopped_while_its_task_runs_and_the_rest_of_the_task_still_runs()
    {
        var inbox = NewInbox();
        var gate = new TaskCompletionSource();
        var cleanedUp = new TaskCompletionSource();
        var actor = Start(me => me.OnAsync<int>(async _ =>
        {
            try
            {
                await gate.Task;
            }
            finally
            {
                cleanedUp.SetResult();
            }
        }));
        await inbox.Watch(actor);
        actor.Tell(1);
        await actor.AwaitSuspension();

        Sys.Stop(actor);
        await inbox.Expect<Terminated>();
        gate.SetResult();

        await cleanedUp.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_restart_from_above_gives_the_task_up_and_frees_the_mailbox()
    {
        var inbox = NewInbox();
        var gate = new TaskCompletionSource();
        var children = new TaskCompletionSource<IActorRef>();
        Start(me =>
        {
            me.Strategy = new AllForOneStrategy(_ => Directive.Restart);
            var first = LambdaActor.Context.ActorOf(LambdaActor.Of(child =>
            {
                child.OnAsync<int>(_ => gate.Task);
                child.On<string>(text => inbox.Ref.Tell(text));
            }));
            LambdaActor.Context.ActorOf(LambdaActor.Of(sibling => sibling.On<string>(_ => throw new InvalidOperationException())), "failing");
            children.TrySetResult(first);
        }, "family");
        var child = await children.Task;
        child.Tell(1);
        child.Tell("free");
        await child.AwaitSuspension();

        Sys.ActorSelection("/user/family/failing").Tell("fail");

        await inbox.Expect("free");
        gate.SetResult();
    }

    [Fact]
    public async Task RunTask_holds_back_the_messages_of_an_untyped_actor()
    {
        var inbox = NewInbox();
        var actor = Sys.ActorOf(Props.Create(() => new Untyped(inbox)));

        actor.Tell("one");
        actor.Tell("two");

        await inbox.Expect("begin one", "end one", "begin two", "end two");
    }

    [Fact]
    public async Task A_fault_after_the_end_is_logged()
    {
        var warnings = Subscribe<Warning>();
        var inbox = NewInbox();
        var gate = new TaskCompletionSource();
        var actor = Start(me => me.OnAsync<int>(_ => gate.Task));
        actor.Tell(1);
        await inbox.Watch(actor);
        await actor.AwaitSuspension();
        Sys.Stop(actor);
        await inbox.Expect<Terminated>();

        gate.SetException(new InvalidOperationException("after the end"));

        (await warnings.Expect<Warning>()).Cause!.Message.ShouldContain("after the end");
    }

    private sealed class Untyped(Inbox inbox) : UntypedActor
    {
        protected override void OnReceive(object message) => RunTask(async () =>
        {
            inbox.Ref.Tell($"begin {message}");
            await Task.Yield();
            inbox.Ref.Tell($"end {message}");
        });
    }
}
