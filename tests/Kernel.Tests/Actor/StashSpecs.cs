using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

public sealed class StashSpecs : KernelSpecs
{
    [Fact]
    public async Task Unstashed_messages_come_first_in_their_order_with_their_senders()
    {
        var inbox = NewInbox();
        var actor = Sys.ActorOf(Opening());
        inbox.Tell(actor, "one");
        inbox.Tell(actor, "two");
        var gate = new ManualResetEventSlim();
        actor.Tell(gate, ActorRefs.NoSender);
        actor.Tell("open");
        inbox.Tell(actor, "three");

        gate.Set();

        await inbox.Expect("one", "two", "three");
    }

    [Fact]
    public async Task The_same_message_is_not_stashed_twice()
    {
        var errors = Subscribe<Error>();
        var actor = Start(me => me.On<string>(_ =>
        {
            me.Stash.Stash();
            me.Stash.Stash();
        }));

        actor.Tell("once");

        (await errors.Expect<Error>()).Cause.ShouldBeOfType<IllegalActorStateException>();
    }

    [Fact]
    public async Task Beyond_its_capacity_the_stash_overflows()
    {
        var errors = Subscribe<Error>();
        var actor = Sys.ActorOf(Opening().WithStashCapacity(1));

        actor.Tell("one");
        actor.Tell("two");

        (await errors.Expect<Error>()).Cause.ShouldBeOfType<StashOverflowException>().Message.ShouldContain("WithStashCapacity");
    }

    [Fact]
    public async Task On_restart_stashed_messages_go_back_in_front_of_the_mailbox()
    {
        var inbox = NewInbox();
        var isOpen = false;
        var actor = Start(me =>
        {
            me.On<string>(text =>
            {
                if (isOpen)
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
                isOpen = true;
                throw new InvalidOperationException();
            });
        });

        actor.Tell("one");
        actor.Tell("two");
        actor.Tell(1);
        actor.Tell("three");

        await inbox.Expect("one", "two", "three");
    }

    [Fact]
    public async Task On_stop_stashed_messages_are_dead_letters()
    {
        var dead = Subscribe<DeadLetter>();
        var actor = Sys.ActorOf(Opening());
        actor.Tell("stashed");

        actor.Tell(PoisonPill.Instance);

        (await dead.Expect<DeadLetter>()).Message.ShouldBe("stashed");
    }

    [Fact]
    public async Task ClearStash_takes_the_messages_out()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            me.On<string>(_ => me.Stash.Stash());
            me.On<int>(_ =>
            {
                inbox.Ref.Tell(string.Join(" ", me.Stash.ClearStash().Select(envelope => envelope.Message)));
                inbox.Ref.Tell(me.Stash.Count);
            });
        });

        actor.Tell("one");
        actor.Tell("two");
        actor.Tell(1);

        await inbox.Expect("one two", 0);
    }

    // Stashes until it is told to open, then answers everything with itself.
    private static Props Opening() => LambdaActor.Of(me =>
    {
        me.On<ManualResetEventSlim>(gate => gate.Wait());
        me.On<string>(text =>
        {
            if (text == "open")
            {
                me.Become(() => me.OnAny(message => me.Sender.Tell(message)));
                me.Stash.UnstashAll();
            }
            else
            {
                me.Stash.Stash();
            }
        });
    });
}
