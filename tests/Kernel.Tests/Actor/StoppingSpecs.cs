using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

public sealed class StoppingSpecs : KernelSpecs
{
    [Fact]
    public async Task Children_stop_before_their_parent()
    {
        var inbox = NewInbox();
        var parent = Start(me =>
        {
            LambdaActor.Context.ActorOf(LambdaActor.Of(child => child.AtStop = () => inbox.Ref.Tell("child")));
            me.AtStop = () => inbox.Ref.Tell("parent");
        });

        Sys.Stop(parent);

        await inbox.Expect("child", "parent");
    }

    [Fact]
    public async Task A_poison_pill_lets_through_what_is_in_front_of_it()
    {
        var inbox = NewInbox();
        var dead = Subscribe<DeadLetter>();
        var gate = new ManualResetEventSlim();
        var actor = Start(me => me.On<string>(text =>
        {
            gate.Wait();
            inbox.Ref.Tell(text);
        }));
        await inbox.Watch(actor);

        actor.Tell("one");
        actor.Tell("two");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("late");
        gate.Set();

        await inbox.Expect("one", "two");
        await inbox.Expect<Terminated>();
        (await dead.Expect<DeadLetter>()).Message.ShouldBe("late");
    }

    [Fact]
    public async Task Stop_ends_after_the_message_in_hand_and_the_rest_is_dead()
    {
        var dead = Subscribe<DeadLetter>();
        var actor = Start(me => me.On<string>(_ => LambdaActor.Context.Stop(me.Self)));
        var gate = new ManualResetEventSlim();
        var blocker = Start(me => me.On<string>(_ =>
        {
            actor.Tell("stop");
            actor.Tell("rest");
            gate.Set();
        }));

        blocker.Tell("go");

        var letter = await dead.Expect<DeadLetter>();
        letter.Message.ShouldBe("rest");
        letter.Recipient.ShouldBe(actor);
        letter.Sender.ShouldBe(blocker);
        letter.Reason.ShouldBe("the actor has stopped");
    }

    [Fact]
    public async Task A_message_to_the_dead_is_a_dead_letter()
    {
        var dead = Subscribe<DeadLetter>();
        var actor = Start(_ => { });
        await actor.GracefulStop(TimeSpan.FromSeconds(30));

        actor.Tell("too late");

        (await dead.Expect<DeadLetter>()).Message.ShouldBe("too late");
    }

    [Fact]
    public async Task A_suppressed_message_to_the_dead_is_no_news()
    {
        var dead = Subscribe<DeadLetter>();
        var actor = Start(_ => { });
        await actor.GracefulStop(TimeSpan.FromSeconds(30));

        actor.Tell(PoisonPill.Instance);

        await dead.ExpectNothing();
    }

    [Fact]
    public async Task A_name_is_free_again_only_after_the_end()
    {
        var gate = new ManualResetEventSlim();
        var inbox = NewInbox();
        var first = Start(me => me.AtStop = gate.Wait, "name");
        await inbox.Watch(first);
        Sys.Stop(first);

        Should.Throw<InvalidActorNameException>(() => Start(_ => { }, "name")).Message.ShouldContain("'name'");
        gate.Set();
        await inbox.Expect<Terminated>();
        await Waiting.Until(() => ((ExtendedActorSystem)Sys).Guardian.GetChild("name").IsNobody());
        var second = Start(_ => { }, "name");

        second.Path.ShouldBe(first.Path);
        second.ShouldNotBe(first);
    }

    [Theory]
    [InlineData("$own")]
    [InlineData("with space")]
    [InlineData("a/b")]
    [InlineData("")]
    public void A_name_that_is_none_is_refused(string name) =>
        Should.Throw<InvalidActorNameException>(() => Start(_ => { }, name)).Message.ShouldContain("use letters, digits");

    [Fact]
    public async Task An_actor_that_stops_cannot_create_children()
    {
        var inbox = NewInbox();
        var actor = Start(me => me.AtStop = () =>
            inbox.Ref.Tell(Should.Throw<InvalidOperationException>(() => LambdaActor.Context.ActorOf(Props.Empty)).Message));

        Sys.Stop(actor);

        (await inbox.Expect<string>()).ShouldContain("it is stopping or has stopped");
    }

    [Fact]
    public async Task Ten_thousand_levels_created_in_PreStart_start_and_end()
    {
        var deepest = new TaskCompletionSource();
        var actor = Start(Level(10_000, deepest), "top");

        await deepest.Task.WaitAsync(TimeSpan.FromSeconds(30));

        (await actor.GracefulStop(TimeSpan.FromHours(1)).WaitAsync(TimeSpan.FromSeconds(60))).ShouldBeTrue();
    }

    private static Action<LambdaActor> Level(int left, TaskCompletionSource deepest) => me => me.AtStart = () =>
    {
        if (left == 0)
        {
            deepest.SetResult();
        }
        else
        {
            LambdaActor.Context.ActorOf(LambdaActor.Of(Level(left - 1, deepest)), "below");
        }
    };
}
