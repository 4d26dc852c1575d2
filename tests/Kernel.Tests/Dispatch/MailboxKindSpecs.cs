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

    private sealed record Control(string Text) : IControlMessage
    {
        public override string ToString() => Text;
    }
}
