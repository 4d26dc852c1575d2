using Sluice.Kernel.Actor;
using Sluice.Kernel.Routing;
using Sluice.Kernel.Tests.TestKit;
using Sluice.TestKit;

namespace Sluice.Kernel.Tests.Routing;

public sealed class AskingRouterSpecs() : KitSpecs(VirtualTime)
{
    [Fact]
    public void Scatter_gather_asks_all_and_gives_the_first_answer_alone()
    {
        var slow = CreateTestProbe();
        var fast = CreateTestProbe();
        var router = RouterOf(new ScatterGatherFirstCompletedPool(0, Second), slow, fast);

        router.Tell("question");
        slow.ExpectMsg("question");
        fast.ExpectMsg("question");
        fast.Reply("fast");
        ExpectMsg("fast");
        slow.Reply("slow");

        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Scatter_gather_without_an_answer_in_time_is_a_failure()
    {
        var silent = CreateTestProbe();
        var router = RouterOf(new ScatterGatherFirstCompletedPool(0, Second), silent);
        router.Tell("question");
        silent.ExpectMsg("question");

        Scheduler.Advance(Second);

        ExpectMsg<Status.Failure>().Cause.ShouldBeOfType<AskTimeoutException>();
    }

    [Fact]
    public void Tail_chopping_asks_one_more_after_each_interval_without_an_answer()
    {
        var probes = new[] { CreateTestProbe(), CreateTestProbe(), CreateTestProbe() };
        var router = RouterOf(new TailChoppingPool(0, Second * 10, Second), probes);

        router.Tell("question");
        AwaitCondition(() => Asked(probes) == 1);
        Scheduler.Advance(Second);
        AwaitCondition(() => Asked(probes) == 2);
        var answering = probes.Last(probe => probe.HasMessages);
        answering.ExpectMsg("question");
        answering.Reply("answer");

        ExpectMsg("answer");
        Scheduler.Advance(Second * 5);
        Asked(probes).ShouldBe(1);
    }

    [Fact]
    public void Tail_chopping_without_an_answer_in_time_is_a_failure()
    {
        var silent = CreateTestProbe();
        var router = RouterOf(new TailChoppingPool(0, Second * 2, Second), silent);
        router.Tell("question");
        silent.ExpectMsg("question");

        AwaitCondition(() =>
        {
            Scheduler.Advance(Second);
            return HasMessages;
        });

        ExpectMsg<Status.Failure>().Cause.ShouldBeOfType<AskTimeoutException>();
    }

    private static int Asked(TestProbe[] probes) => probes.Count(probe => probe.HasMessages);

    private IActorRef RouterOf(Pool pool, params TestProbe[] probes)
    {
        var router = Sys.ActorOf(pool.Props(Props.Empty));
        foreach (var probe in probes)
        {
            router.Tell(new AddRoutee(Routee.FromActorRef(probe.Ref)));
        }
        ExpectNoMsgFrom(router);
        return router;
    }
}
