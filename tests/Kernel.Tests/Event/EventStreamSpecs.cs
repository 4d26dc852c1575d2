using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;
using Sluice.Kernel.Tests.Actor;

namespace Sluice.Kernel.Tests.Event;

public sealed class EventStreamSpecs : KernelSpecs
{
    [Fact]
    public async Task An_event_comes_to_the_subscribers_of_its_type_its_base_types_and_its_interfaces()
    {
        var exact = Subscribe<ArgumentNullException>();
        var based = Subscribe<Exception>();
        var other = Subscribe<string>();
        var published = new ArgumentNullException();

        Sys.EventStream.Publish(published);

        await exact.Expect(published);
        await based.Expect(published);
        await other.ExpectNothing();
    }

    [Fact]
    public async Task A_subscriber_of_several_types_that_fit_gets_the_event_once()
    {
        var inbox = Subscribe<Exception>();
        Sys.EventStream.Subscribe(inbox.Ref, typeof(ArgumentException)).ShouldBeTrue();
        Sys.EventStream.Subscribe(inbox.Ref, typeof(ArgumentException)).ShouldBeFalse();
        var published = new ArgumentException();

        Sys.EventStream.Publish(published);

        await inbox.Expect(published);
        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task Who_unsubscribed_gets_nothing()
    {
        var inbox = Subscribe<string>();
        Sys.EventStream.Unsubscribe(inbox.Ref, typeof(string)).ShouldBeTrue();
        Sys.EventStream.Unsubscribe(inbox.Ref).ShouldBeFalse();

        Sys.EventStream.Publish("news");

        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task A_subscriber_leaves_when_it_terminates()
    {
        var inbox = Subscribe<string>();

        await inbox.Ref.GracefulStop(TimeSpan.FromHours(1));

        await Waiting.Until(() => !Sys.EventStream.Unsubscribe(inbox.Ref));
    }

    [Fact]
    public async Task A_dead_letter_that_cannot_be_delivered_to_its_subscriber_is_not_published_again()
    {
        var inbox = Subscribe<DeadLetter>();
        var lost = new DeadLetter("lost", Sys.DeadLetters, Sys.DeadLetters);

        Sys.DeadLetters.Tell(lost, ActorRefs.NoSender);
        Sys.DeadLetters.Tell(new DeadLetter(lost, Sys.DeadLetters, inbox.Ref, "the subscriber has stopped"), ActorRefs.NoSender);

        await inbox.Expect(lost);
        await inbox.ExpectNothing();
    }
}
