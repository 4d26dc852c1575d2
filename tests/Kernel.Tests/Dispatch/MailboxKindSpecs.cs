using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;
using Sluice.Kernel.Tests.Actor;

namespace Sluice.Kernel.Tests.Dispatch;

public sealed class MailboxKindSpecs() : KernelSpecs("""
    own {
      small { mailbox-type = bounded, mailbox-capacity = 2, overflow = drop-new }
      fresh { mailbox-type = bounded, mailbox-capacity = 2, overflow = drop-oldest }
    }
    """)
{
    [Theory]
    [InlineData("own.small", "1 2", "3")]
    [InlineData("own.fresh", "2 3", "1")]
    public async Task A_full_mailbox_sends_to_the_dead_letters_by_its_policy(string mailbox, string kept, string dropped)
    {
        var inbox = NewInbox();
        var dead = Subscribe<DeadLetter>();
        var gate = new ManualResetEventSlim();
        var busy = new TaskCompletionSource();
        var actor = Sys.ActorOf(LambdaActor.Of(me =>
        {
            me.On<int>(_ =>
            {
                busy.SetResult();
                gate.Wait();
            });
            me.On<string>(text => inbox.Ref.Tell(text));
        }).WithMailbox(mailbox));
        actor.Tell(0);
        await busy.Task.WaitAsync(TimeSpan.FromSeconds(30));

        foreach (var message in new[] { "1", "2", "3" })
        {
            actor.Tell(message);
        }
        gate.Set();

        await inbox.Expect([.. kept.Split(' ')]);
        var letter = await dead.Expect<DeadLetter>();
        letter.Message.ShouldBe(dropped);
        letter.Reason.ShouldBe("the mailbox is full");
    }

    [Fact]
    public async Task Control_messages_come_first_in_a_control_aware_mailbox()
    {
        var inbox = NewInbox();
        var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(LambdaActor.Of(me =>
        {
            me.On<int>(_ => gate.Wait());
            me.OnAny(message => inbox.Ref.Tell(message.ToString()!));
        }).WithMailbox("sluice.kernel.actor.mailbox.control-aware"));
        actor.Tell(0);

        actor.Tell("ordinary");
        actor.Tell(new Control("control 1"));
        actor.Tell(new Control("control 2"));
        gate.Set();

        await inbox.Expect("control 1", "control 2", "ordinary");
    }

    [Fact]
    public void A_mailbox_that_is_not_in_the_settings_is_refused_by_name() =>
        Should.Throw<ConfigurationException>(() => Sys.ActorOf(Props.Empty.WithMailbox("own.missing"))).Message.ShouldContain("'own.missing'");

    [Fact]
    public async Task A_storm_into_a_bounded_mailbox_takes_no_more_memory_than_its_capacity()
    {
        var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(LambdaActor.Of(me => me.OnAny(_ => gate.Wait())).WithMailbox("own.small"));
        var lost = 0;
        Sys.EventStream.Subscribe(new Counter(() => lost++), typeof(DeadLetter));
        var message = new object();
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 10_000_000; i++)
        {
            actor.Tell(message, ActorRefs.NoSender);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        gate.Set();
        grown.ShouldBeLessThan(1_000_000);
        lost.ShouldBeGreaterThanOrEqualTo(10_000_000 - 3);
    }

    private sealed class Counter(Action count) : MinimalActorRef
    {
        public override ActorPath Path { get; } = ActorPath.Parse("sluice://test/counter");

        public override IActorRefProvider? Provider => null;

        protected override void TellInternal(object message, IActorRef? sender) => count();
    }

    private sealed record Control(string Text) : IControlMessage
    {
        public override string ToString() => Text;
    }
}
