using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;
using Sluice.Kernel.Routing;
using Sluice.Kernel.Tests.Actor;
using Sluice.Kernel.Tests.TestKit;

namespace Sluice.Kernel.Tests.Routing;

public sealed class RouterSpecs() : KitSpecs(VirtualTime)
{
    // Says who it is and what it got.
    private static readonly Props Worker = LambdaActor.Of(me =>
    {
        me.On<InvalidOperationException>(failure => throw failure);
        me.OnAny(message => me.Sender.Tell($"{me.Self.Path.Name} {message}"));
    });

    [Fact]
    public void A_round_robin_pool_gives_each_of_its_children_a_message_in_turn()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(2)), "router");

        foreach (var number in new[] { 1, 2, 3 })
        {
            router.Tell(number);
        }

        ExpectMsgAllOf("$a 1", "$b 2", "$a 3");
        LastSender.Path.Parent.ShouldBe(router.Path);
    }

    [Fact]
    public void A_broadcast_pool_gives_every_message_to_all()
    {
        Sys.ActorOf(new BroadcastPool(3).Props(Worker)).Tell("all");

        ExpectMsgAllOf("$a all", "$b all", "$c all");
    }

    [Fact]
    public void A_random_pool_gives_each_message_to_one()
    {
        var router = Sys.ActorOf(new RandomPool(3).Props(Worker));

        for (var i = 0; i < 100; i++)
        {
            router.Tell("any");
        }

        ReceiveN(100).Distinct().Order().ShouldBe(["$a any", "$b any", "$c any"]);
    }

    [Fact]
    public void A_group_sends_to_whoever_lives_at_its_paths()
    {
        Sys.ActorOf(Worker, "one");
        Sys.ActorOf(Worker, "two");
        var router = Sys.ActorOf(new RoundRobinGroup("/user/one", "/user/two").Props());

        router.Tell(1);
        router.Tell(2);

        ExpectMsgAllOf("one 1", "two 2");
    }

    [Fact]
    public void A_broadcast_reaches_all_routees_whatever_the_logic()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(2)));

        router.Tell(new Broadcast("all"));

        ExpectMsgAllOf("$a all", "$b all");
    }

    [Fact]
    public void A_poison_pill_stops_the_router_and_with_it_its_children()
    {
        var router = Watch(Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(1))));
        router.Tell(1);
        ExpectMsg("$a 1");
        var child = Watch(LastSender);

        router.Tell(PoisonPill.Instance);

        ExpectMsgAllOfEnds(child, router);
        EventFilter.DeadLetter<string>(text => text == "late").ExpectOne(() => router.Tell("late"));
    }

    [Fact]
    public void A_broadcast_poison_pill_lets_the_routees_finish_and_the_router_ends_with_the_last()
    {
        var router = Watch(Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(2))));
        router.Tell(1);
        router.Tell(2);

        router.Tell(new Broadcast(PoisonPill.Instance));

        ExpectMsgAllOf("$a 1", "$b 2");
        ExpectTerminated(router);
    }

    [Fact]
    public void Kill_makes_the_router_fail_not_a_routee()
    {
        var router = Watch(Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(2))));

        EventFilter.Exception<ActorKilledException>(source: router.Path.ToString()).ExpectOne(() => router.Tell(Kill.Instance));

        ExpectTerminated(router);
    }

    [Fact]
    public async Task A_pool_grows_and_shrinks_by_message()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(1)));

        router.Tell(new AdjustPoolSize(2));
        (await MembersOf(router)).Count.ShouldBe(3);
        router.Tell(new AdjustPoolSize(-2));
        (await MembersOf(router)).Count.ShouldBe(1);

        var last = Watch(await Sys.ActorSelection(router.Path / "$c").ResolveOne(Second));
        Scheduler.Advance(Second);
        ExpectTerminated(last);
    }

    [Fact]
    public async Task A_routee_is_added_and_removed_by_message()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(1)));
        var probe = CreateTestProbe();
        router.Tell(new AddRoutee(Routee.FromActorRef(probe.Ref)));
        (await MembersOf(router)).Count.ShouldBe(2);
        router.Tell(new Broadcast("both"));
        probe.ExpectMsg("both");

        router.Tell(new RemoveRoutee(Routee.FromActorRef(probe.Ref)));

        (await MembersOf(router)).Count.ShouldBe(1);
        router.Tell(new Broadcast("one"));
        probe.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_routee_that_has_stopped_is_left_out()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(2)));
        router.Tell(1);
        ExpectMsg("$a 1");

        Sys.Stop(Watch(LastSender));
        ExpectTerminated(LastSender);

        await AwaitConditionAsync(async () => (await MembersOf(router)).Count == 1);
        router.Tell(2);
        router.Tell(3);
        ExpectMsg("$b 2");
        ExpectMsg("$b 3");
    }

    [Fact]
    public void A_message_that_no_routee_is_there_for_is_a_dead_letter()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(0)));

        EventFilter.Custom<DeadLetter>(letter => letter is { Message: "lost", Reason: "the router has no routee for it" })
            .ExpectOne(() => router.Tell("lost"));
    }

    [Fact]
    public void A_failure_of_a_routee_is_escalated_unless_the_pool_has_a_strategy()
    {
        var escalating = Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(1)), "escalating");
        var resuming = Sys.ActorOf(
            Worker.WithRouter(new RoundRobinPool(1, new OneForOneStrategy(_ => Directive.Resume))), "resuming");

        EventFilter.Exception<InvalidOperationException>(source: escalating.Path.ToString())
            .ExpectOne(() => escalating.Tell(new InvalidOperationException()));
        EventFilter.Warning(source: "/user/resuming/$a").ExpectOne(() => resuming.Tell(new InvalidOperationException()));

        escalating.Tell(1);
        ExpectMsg("$a 1");
        resuming.Tell(2);
        ExpectMsg("$a 2");
    }

    [Fact]
    public void The_order_of_a_senders_messages_to_one_routee_is_kept_from_the_first_on()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new RoundRobinPool(1)));

        for (var i = 0; i < 1000; i++)
        {
            router.Tell(i);
        }

        ReceiveN(1000).ShouldBe(Enumerable.Range(0, 1000).Select(i => $"$a {i}"));
    }

    [Fact]
    public void A_pool_whose_routees_cannot_be_made_fails_and_is_stopped()
    {
        IActorRef? router = null;
        EventFilter.Error(contains: "no-such").ExpectOne(() =>
            router = Sys.ActorOf(Worker.WithMailbox("no-such").WithRouter(new RoundRobinPool(1))));

        ExpectTerminated(Watch(router!));
    }

    [Fact]
    public async Task The_smallest_mailbox_gets_the_message()
    {
        using var gate = new ManualResetEventSlim();
        var router = Sys.ActorOf(LambdaActor.Of(me =>
        {
            me.On<ManualResetEventSlim>(held =>
            {
                me.Sender.Tell(me.Self);
                held.Wait();
            });
            me.OnAny(message => me.Sender.Tell($"{me.Self.Path.Name} {message}"));
        }).WithRouter(new SmallestMailboxPool(2)));
        router.Tell(gate);
        var busy = ExpectMsg<IActorRef>();

        // What a turn has in hand counts until the turn is over: its start (so either may have been picked first), a message that it has answered.
        var free = (LocalActorRef)(await MembersOf(router)).Cast<ActorRefRoutee>().Single(routee => !routee.Actor.Equals(busy)).Actor;
        await Waiting.Until(() => !free.Cell.Status.IsClaimed);
        router.Tell(1);
        ExpectMsg($"{free.Path.Name} 1");
        await Waiting.Until(() => !free.Cell.Status.IsClaimed);
        router.Tell(2);

        ExpectMsg($"{free.Path.Name} 2");
        gate.Set();
    }

    private static async Task<List<Routee>> MembersOf(IActorRef router) =>
        [.. (await router.Ask<Routees>(GetRoutees.Instance, TimeSpan.FromHours(1))).Members];

    private void ExpectMsgAllOfEnds(params IActorRef[] actors) =>
        ReceiveN(actors.Length).Cast<Terminated>().Select(terminated => terminated.ActorRef).ShouldBe(actors, ignoreOrder: true);
}
