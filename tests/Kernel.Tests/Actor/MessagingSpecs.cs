using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

public sealed class MessagingSpecs : KernelSpecs
{
    [Fact]
    public async Task An_ask_is_answered_by_what_the_actor_tells_its_sender()
    {
        var echo = Start(actor => actor.On<string>(text => actor.Sender.Tell(text + "!")));

        (await echo.Ask<string>("hello", TimeSpan.FromSeconds(30))).ShouldBe("hello!");
    }

    [Fact]
    public async Task Messages_of_one_sender_come_in_their_order()
    {
        var inbox = NewInbox();

        for (var i = 0; i < 10_000; i++)
        {
            inbox.Ref.Tell(i, ActorRefs.NoSender);
        }

        for (var i = 0; i < 10_000; i++)
        {
            (await inbox.Next()).ShouldBe(i);
        }
    }

    [Fact]
    public async Task A_forwarded_message_keeps_its_sender()
    {
        var inbox = NewInbox();
        var last = Start(actor => actor.OnAny(message => actor.Sender.Tell(message)));
        var between = Start(actor => actor.OnAny(message => last.Forward(message)));

        inbox.Tell(between, "through");

        await inbox.Expect("through");
    }

    [Fact]
    public async Task A_system_ends_with_all_its_actors()
    {
        var stopped = new TaskCompletionSource();
        Start(actor => actor.AtStop = stopped.SetResult);

        await Sys.Terminate().WaitAsync(TimeSpan.FromSeconds(30));

        stopped.Task.IsCompleted.ShouldBeTrue();
    }
}
