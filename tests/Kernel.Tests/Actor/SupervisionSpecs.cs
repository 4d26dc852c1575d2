using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

public sealed class SupervisionSpecs : KernelSpecs
{
    private readonly TaskCompletionSource<IActorRef[]> _children = new();

    [Fact]
    public async Task Resume_keeps_the_instance_and_goes_on_with_the_next_message()
    {
        var inbox = NewInbox();
        var child = (await StartFamily(new OneForOneStrategy(_ => Directive.Resume), Child(inbox)))[0];

        child.Tell(new InvalidOperationException());
        child.Tell("next");

        await inbox.Expect("started 1", "next 1");
    }

    [Fact]
    public async Task Restart_makes_a_new_instance()
    {
        var inbox = NewInbox();
        var child = (await StartFamily(new OneForOneStrategy(_ => Directive.Restart), Child(inbox)))[0];

        child.Tell(new InvalidOperationException());
        child.Tell("next");

        await inbox.Expect("started 1", "started 2", "next 2");
    }

    [Fact]
    public async Task Stop_ends_the_child()
    {
        var inbox = NewInbox();
        var child = (await StartFamily(new OneForOneStrategy(_ => Directive.Stop), Child(inbox)))[0];
        await inbox.Expect("started 1");
        await inbox.Watch(child);

        child.Tell(new InvalidOperationException());

        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task Escalate_fails_the_parent_with_the_exception_of_the_child()
    {
        var inbox = NewInbox();
        var grandparent = Start(top =>
        {
            top.Strategy = new OneForOneStrategy(fault =>
            {
                inbox.Ref.Tell(fault.Message);
                return Directive.Restart;
            });
            LambdaActor.Context.ActorOf(LambdaActor.Of(Family(new OneForOneStrategy(_ => Directive.Escalate), Child(inbox))));
        });
        var child = (await _children.Task)[0];
        await inbox.Expect("started 1");

        child.Tell(new InvalidOperationException("deep"));

        await inbox.Expect("deep", "started 2");
        grandparent.Path.Name.ShouldStartWith("$");
    }

    [Fact]
    public async Task All_for_one_restarts_the_siblings_too()
    {
        var inbox = NewInbox();
        var children = await StartFamily(new AllForOneStrategy(_ => Directive.Restart), Child(inbox), Child(inbox));
        await inbox.Expect("started 1", "started 1");

        children[0].Tell(new InvalidOperationException());

        await inbox.Expect("started 2", "started 2");
        children[1].Tell("sibling");
        await inbox.Expect("sibling 2");
    }

    [Fact]
    public async Task All_for_one_stops_the_siblings_too()
    {
        var inbox = NewInbox();
        var children = await StartFamily(new AllForOneStrategy(_ => Directive.Stop), Child(inbox), Child(inbox));
        await inbox.Expect("started 1", "started 1");
        await inbox.Watch(children[1]);

        children[0].Tell(new InvalidOperationException());

        (await inbox.Expect<Terminated>()).ActorRef.ShouldBe(children[1]);
    }

    [Fact]
    public async Task A_child_is_stopped_when_it_fails_once_more_than_the_limit()
    {
        var inbox = NewInbox();
        var child = (await StartFamily(new OneForOneStrategy(2, null, _ => Directive.Restart), Child(inbox)))[0];
        await inbox.Expect("started 1");
        await inbox.Watch(child);

        for (var i = 0; i < 3; i++)
        {
            child.Tell(new InvalidOperationException());
        }

        await inbox.Expect("started 2", "started 3");
        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task No_retries_means_that_the_first_failure_stops()
    {
        var inbox = NewInbox();
        var child = (await StartFamily(new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart), Child(inbox)))[0];
        await inbox.Expect("started 1");
        await inbox.Watch(child);

        child.Tell(new InvalidOperationException());

        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task A_window_of_no_length_is_none_and_the_limit_counts_for_ever()
    {
        var inbox = NewInbox();
        var child = (await StartFamily(new OneForOneStrategy(1, withinTimeMilliseconds: 0, _ => Directive.Restart), Child(inbox)))[0];
        child.Tell(new InvalidOperationException());
        await inbox.Expect("started 1", "started 2");
        await inbox.Watch(child);

        Clock.Advance(TimeSpan.FromMinutes(2));
        child.Tell(new InvalidOperationException());

        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task The_window_of_the_limit_starts_again_when_it_has_passed()
    {
        var inbox = NewInbox();
        var child = (await StartFamily(new OneForOneStrategy(1, TimeSpan.FromMinutes(1), _ => Directive.Restart), Child(inbox)))[0];
        child.Tell(new InvalidOperationException());
        await inbox.Expect("started 1", "started 2");

        Clock.Advance(TimeSpan.FromMinutes(2));
        child.Tell(new InvalidOperationException());
        await inbox.Expect("started 3");
        await inbox.Watch(child);
        child.Tell(new InvalidOperationException());

        await inbox.Expect<Terminated>();
    }

    [Fact]
    public async Task While_an_actor_is_failed_all_below_it_waits()
    {
        var inbox = NewInbox();
        var gate = new ManualResetEventSlim();
        var children = await StartFamily(
            new OneForOneStrategy(_ =>
            {
                gate.Wait();
                return Directive.Resume;
            }),
            Family(SupervisorStrategy.DefaultStrategy, Child(inbox)));
        var grandchild = await children[0].Ask<IActorRef>("first child", TimeSpan.FromSeconds(30));
        await inbox.Expect("started 1");

        children[0].Tell(new InvalidOperationException());
        await children[0].AwaitSuspension();
        await grandchild.AwaitSuspension();
        grandchild.Tell("waits");
        await inbox.ExpectNothing();
        gate.Set();

        await inbox.Expect("waits 1");
    }

    [Fact]
    public async Task A_decider_from_types_takes_the_most_derived_that_fits()
    {
        var inbox = NewInbox();
        var decider = Decider.From(Directive.Stop, Directive.Resume.When<ArithmeticException>(), Directive.Restart.When<DivideByZeroException>());
        var child = (await StartFamily(new OneForOneStrategy(decider), Child(inbox)))[0];

        child.Tell(new OverflowException());
        child.Tell("resumed");
        child.Tell(new DivideByZeroException());
        child.Tell("restarted");

        await inbox.Expect("started 1", "resumed 1", "started 2", "restarted 2");
    }

    [Fact]
    public async Task An_unhandled_Terminated_breaks_the_death_pact()
    {
        var inbox = NewInbox();
        var other = Start(_ => { });
        var actor = Start(me => me.AtStart = () => LambdaActor.Context.Watch(other));
        await inbox.Watch(actor);

        Sys.Stop(other);

        (await inbox.Expect<Terminated>()).ActorRef.ShouldBe(actor);
    }

    private static Action<LambdaActor> Child(Inbox inbox)
    {
        var instance = 0;
        return me =>
        {
            var number = ++instance;
            me.AtStart = () => inbox.Ref.Tell($"started {number}");
            me.On<Exception>(fault => throw fault);
            me.On<string>(text => inbox.Ref.Tell($"{text} {number}"));
        };
    }

    private Action<LambdaActor> Family(SupervisorStrategy strategy, params Action<LambdaActor>[] children) => me =>
    {
        me.Strategy = strategy;
        var refs = children.Select(child => LambdaActor.Context.ActorOf(LambdaActor.Of(child))).ToArray();
        _children.TrySetResult(refs);
        me.On<Exception>(fault => throw fault);
        me.On<string>(_ => me.Sender.Tell(refs[0]));
    };

    private async Task<IActorRef[]> StartFamily(SupervisorStrategy strategy, params Action<LambdaActor>[] children)
    {
        var family = Start(Family(strategy, children));
        var started = await _children.Task;
        family.ShouldNotBeNull();
        return started;
    }
}
