using Sluice.Kernel.Actor;
using Sluice.TestKit;

namespace Sluice.Kernel.Tests.TestKit;

public sealed class TestProbeSpecs : KitSpecs
{
    [Fact]
    public void A_probe_has_messages_of_its_own()
    {
        var probe = CreateTestProbe();

        probe.Send(StartEcho(), "hello");

        probe.ExpectMsg("hello");
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_probe_answers_and_forwards_what_it_expected()
    {
        var probe = CreateTestProbe();
        var next = CreateTestProbe();
        probe.Ref.Tell("question");
        probe.ExpectMsg("question");

        probe.Reply("answer");
        probe.Forward(next.Ref);

        ExpectMsg("answer");
        next.ExpectMsg("question");
        next.Sender.ShouldBe(TestActor);
    }

    [Fact]
    public void A_probe_is_its_own_ref()
    {
        IActorRef probe = CreateTestProbe("named");

        probe.ShouldBe(((TestProbe)probe).Ref);
        probe.Path.Name.ShouldStartWith("named-");
        StartEcho().Tell("hello", probe);
        ((TestProbe)probe).ExpectMsg("hello");
    }

    [Fact]
    public void A_probe_can_be_watched()
    {
        var probe = CreateTestProbe();
        Watch(probe);

        probe.Ref.Tell(PoisonPill.Instance);

        ExpectTerminated(probe);
    }

    [Fact]
    public void An_autopilot_answers_until_it_gives_another()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"re: {message}");
            return message is "last" ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));

        probe.Ref.Tell("first");
        probe.Ref.Tell("last");
        probe.Ref.Tell("late");

        ExpectMsg("re: first");
        ExpectMsg("re: last");
        probe.ReceiveN(3).ShouldBe(["first", "last", "late"]);
        ExpectNoMsgFrom(probe);
    }
}
