using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

public sealed class DeathWatchSpecs : KernelSpecs
{
    [Fact]
    public async Task Watching_twice_gives_one_Terminated()
    {
        var inbox = NewInbox();
        var other = Start(_ => { });
        await inbox.Watch(other);
        await inbox.Watch(other);

        Sys.Stop(other);

        var terminated = await inbox.Expect<Terminated>();
        terminated.ExistenceConfirmed.ShouldBeTrue();
        inbox.LastSender.ShouldBe(other);
        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task Watching_the_dead_gives_Terminated()
    {
        var inbox = NewInbox();
        var other = Start(_ => { });
        await other.GracefulStop(TimeSpan.FromSeconds(30));

        await inbox.Watch(other);

        (await inbox.Expect<Terminated>()).ActorRef.ShouldBe(other);
    }

    [Fact]
    public async Task Watching_where_nobody_ever_was_gives_Terminated_without_confirmation()
    {
        var inbox = NewInbox();
        var nowhere = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("sluice://test/user/nowhere");

        await inbox.Watch(nowhere);

        (await inbox.Expect<Terminated>()).ExistenceConfirmed.ShouldBeFalse();
    }

    [Fact]
    public async Task Terminated_comes_after_all_that_the_dead_had_told()
    {
        var inbox = NewInbox();
        var other = Start(me => me.On<string>(text =>
        {
            for (var i = 0; i < 100; i++)
            {
                inbox.Ref.Tell(i);
            }
            LambdaActor.Context.Stop(me.Self);
        }));
        await inbox.Watch(other);

        other.Tell("speak, then die");

        for (var i = 0; i < 100; i++)
        {
            await inbox.Expect(i);
        }
        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task After_an_unwatch_not_even_a_Terminated_that_waits_is_seen()
    {
        var inbox = NewInbox();
        var gate = new ManualResetEventSlim();
        var other = Start(_ => { });
        var watcher = Start(me =>
        {
            LambdaActor.Context.Watch(other);
            me.On<int>(_ => gate.Wait());
            me.On<string>(_ => LambdaActor.Context.Unwatch(other));
            me.OnAny(message => inbox.Ref.Tell(message));
        });
        await watcher.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(30));
        watcher.Tell(1);
        watcher.Tell("unwatch");
        await other.GracefulStop(TimeSpan.FromSeconds(30));

        gate.Set();
        watcher.Tell(2.0);

        await inbox.Expect(2.0);
    }

    [Fact]
    public async Task WatchWith_gives_the_message_that_was_asked_for()
    {
        var inbox = NewInbox();
        var other = Start(_ => { });
        var watcher = Start(me =>
        {
            LambdaActor.Context.WatchWith(other, "it is gone");
            LambdaActor.Context.Watch(other);
            me.OnAny(message => inbox.Ref.Tell(message));
        });
        await watcher.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(30));

        Sys.Stop(other);

        await inbox.Expect("it is gone");
        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task A_restart_gives_no_Terminated()
    {
        var inbox = NewInbox();
        var other = Start(me => me.On<string>(_ => throw new InvalidOperationException()));
        await inbox.Watch(other);

        other.Tell("boom");
        (await other.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(30))).Subject.ShouldBe(other);

        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task Watches_outlive_the_restart_of_the_watcher()
    {
        var inbox = NewInbox();
        var other = Start(_ => { });
        var isFirst = true;
        var watcher = Start(me =>
        {
            if (isFirst)
            {
                LambdaActor.Context.Watch(other);
            }
            isFirst = false;
            me.On<string>(_ => throw new InvalidOperationException());
            me.On<Terminated>(_ => inbox.Ref.Tell("told"));
        });
        watcher.Tell("boom");
        await watcher.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(30));

        Sys.Stop(other);

        await inbox.Expect("told");
    }

    [Fact]
    public async Task Watching_oneself_is_ignored()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            LambdaActor.Context.Watch(me.Self);
            me.AtStop = () => inbox.Ref.Tell("stopped");
        });

        Sys.Stop(actor);

        await inbox.Expect("stopped");
    }

    [Fact]
    public async Task A_parent_that_does_not_watch_gets_no_Terminated()
    {
        var inbox = NewInbox();
        var parent = Start(me =>
        {
            var child = LambdaActor.Context.ActorOf(LambdaActor.Of(_ => { }), "child");
            me.On<string>(_ => me.Sender.Tell(child));
            me.On<Terminated>(_ => inbox.Ref.Tell("told"));
        });
        var child = await parent.Ask<IActorRef>("child", TimeSpan.FromSeconds(30));

        await child.GracefulStop(TimeSpan.FromSeconds(30));
        await Waiting.Until(() => ((LocalActorRef)parent).GetChildren().Count == 0);
        await parent.Ask<ActorIdentity>(new Identify(1), TimeSpan.FromSeconds(30));

        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task WatchAsync_completes_when_the_actor_has_stopped()
    {
        var other = Start(_ => { });
        var watch = other.WatchAsync();
        watch.IsCompleted.ShouldBeFalse();

        Sys.Stop(other);

        (await watch.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue();
    }

    [Fact]
    public async Task GracefulStop_is_cancelled_when_the_actor_takes_too_long()
    {
        var gate = new ManualResetEventSlim();
        var other = Start(me => me.AtStop = gate.Wait);
        var stop = other.GracefulStop(TimeSpan.FromSeconds(5));

        Clock.Advance(TimeSpan.FromSeconds(5));

        await Should.ThrowAsync<TaskCanceledException>(() => stop.WaitAsync(TimeSpan.FromSeconds(30)));
        gate.Set();
    }
}
