using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

public sealed class HandlingSpecs : KernelSpecs
{
    [Fact]
    public async Task The_first_handler_whose_type_and_predicate_match_wins()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            me.On<int>(_ => inbox.Ref.Tell("even"), number => number % 2 == 0);
            me.On<int>(_ => inbox.Ref.Tell("int"));
            me.On<IFormattable>(_ => inbox.Ref.Tell("formattable"));
            me.OnAny(_ => inbox.Ref.Tell("any"));
        });

        actor.Tell(2);
        actor.Tell(3);
        actor.Tell(2.5);
        actor.Tell("text");

        await inbox.Expect("even", "int", "formattable", "any");
    }

    [Fact]
    public async Task A_handler_that_returns_false_lets_the_message_fall_through()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            me.On<string>(text => text == "mine");
            me.On<string>(text => inbox.Ref.Tell(text));
        });

        actor.Tell("mine");
        actor.Tell("other");

        await inbox.Expect("other");
    }

    [Fact]
    public async Task A_handler_behind_ReceiveAny_fails_the_start()
    {
        var errors = Subscribe<Error>();
        var actor = Start(me =>
        {
            me.OnAny(_ => { });
            me.On<string>(_ => { });
        });

        (await errors.Expect<Error>()).Cause.ShouldBeOfType<ActorInitializationException>()
            .InnerException.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("ReceiveAny");
        actor.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_handler_registered_outside_of_constructor_and_Become_fails()
    {
        var errors = Subscribe<Error>();
        var actor = Start(me => me.On<int>(_ => me.On<string>(_ => { })));

        actor.Tell(1);

        (await errors.Expect<Error>()).Cause.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("outside of its constructor");
    }

    [Fact]
    public async Task What_nobody_handles_is_published()
    {
        var unhandled = Subscribe<UnhandledMessage>();
        var actor = Start(me => me.On<int>(_ => { }));

        actor.Tell("nobody wants this");

        var message = await unhandled.Expect<UnhandledMessage>();
        message.Message.ShouldBe("nobody wants this");
        message.Recipient.ShouldBe(actor);
    }

    [Fact]
    public async Task Become_replaces_and_BecomeStacked_stacks()
    {
        var inbox = NewInbox();
        var actor = Start(me =>
        {
            void Tell(string state) => me.On<string>(_ => inbox.Ref.Tell(state));
            Tell("first");
            me.On<int>(number =>
            {
                switch (number)
                {
                    case 2:
                        me.BecomeStacked(() =>
                        {
                            Tell("stacked");
                            me.On<int>(other =>
                            {
                                if (other == 3)
                                {
                                    me.Become(() =>
                                    {
                                        Tell("replaced");
                                        me.On<int>(_ => me.UnbecomeStacked());
                                    });
                                }
                            });
                        });
                        break;
                }
            });
        });

        foreach (var message in new object[] { "?", 2, "?", 3, "?", 4, "?" })
        {
            actor.Tell(message);
        }

        await inbox.Expect("first", "stacked", "replaced", "first");
    }

    [Fact]
    public void The_context_outside_of_a_turn_throws() =>
        Should.Throw<NotSupportedException>(() => LambdaActor.Context).Message.ShouldContain("no active actor context");

    [Fact]
    public void An_actor_is_not_made_with_new() =>
        Should.Throw<ActorInitializationException>(() => new LambdaActor(_ => { })).Message.ShouldContain("ActorOf");

    [Fact]
    public void A_null_message_is_refused() =>
        Should.Throw<InvalidMessageException>(() => Start(_ => { }).Tell(null!)).Message.ShouldContain("is null");

    [Fact]
    public async Task The_sender_of_a_message_without_one_is_the_dead_letters()
    {
        var inbox = NewInbox();
        var actor = Start(me => me.On<string>(_ => inbox.Ref.Tell(me.Sender)));

        actor.Tell("who?");

        (await inbox.Next()).ShouldBe(Sys.DeadLetters);
    }

    [Fact]
    public async Task Props_take_arguments_by_expression_and_by_type()
    {
        var inbox = NewInbox();
        var start = 40;
        var one = Sys.ActorOf(Props.Create(() => new Adder(inbox, start + 1)));
        var other = Sys.ActorOf(Props.Create<Adder>(inbox, 10));

        one.Tell(1);
        await inbox.Expect(42);
        other.Tell(1);

        await inbox.Expect(11);
    }

    [Fact]
    public async Task Props_that_no_constructor_fits_fail_the_start_with_the_arguments()
    {
        var errors = Subscribe<Error>();
        Sys.ActorOf(Props.Create<Adder>("wrong"));

        (await errors.Expect<Error>()).Message.ToString()!.ShouldContain("no constructor for (String)");
    }

    private sealed class Adder : ReceiveActor
    {
        public Adder(Inbox inbox, int start) => Receive<int>(number => inbox.Ref.Tell(start + number));
    }
}
