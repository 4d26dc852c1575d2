using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;

namespace Sluice.Kernel.Tests.Actor;

public sealed class SelectionSpecs : KernelSpecs
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("/user/parent/a1", "a1")]
    [InlineData("sluice://test/user/parent/a1", "a1")]
    [InlineData("/user/parent/a*", "a1 a2")]
    [InlineData("/user/parent/?1", "a1 b1")]
    [InlineData("/user/*/b1", "b1")]
    [InlineData("/user/parent/a1/../b1", "b1")]
    public async Task A_selection_reaches_those_who_match(string path, string names)
    {
        var inbox = await StartParent();

        Sys.ActorSelection(path).Tell("hello", inbox.Ref);

        var expected = names.Split(' ');
        var met = new List<string>();
        for (var i = 0; i < expected.Length; i++)
        {
            met.Add(await inbox.Expect<string>());
        }
        met.Order().ShouldBe(expected);
        await inbox.ExpectNothing();
    }

    [Fact]
    public async Task A_relative_selection_starts_at_the_actor()
    {
        var inbox = await StartParent();
        var other = Start(me => me.On<string>(path => LambdaActor.Context.ActorSelection(path).Tell("hello", inbox.Ref)));

        other.Tell("../parent/b1");

        await inbox.Expect("b1");
    }

    [Fact]
    public async Task ResolveOne_finds_the_ref_or_fails()
    {
        var inbox = NewInbox("there");

        (await Sys.ActorSelection("/user/there").ResolveOne(Long)).ShouldBe(inbox.Ref);
        await Should.ThrowAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nowhere").ResolveOne(Long));
    }

    [Fact]
    public async Task Identify_where_nobody_lives_is_answered_with_nobody()
    {
        var inbox = NewInbox();

        Sys.ActorSelection("/user/nowhere").Tell(new Identify("who"), inbox.Ref);

        var identity = await inbox.Expect<ActorIdentity>();
        identity.MessageId.ShouldBe("who");
        identity.Subject.ShouldBeNull();
    }

    [Fact]
    public async Task A_message_to_where_nobody_lives_is_a_dead_letter()
    {
        var dead = Subscribe<DeadLetter>();

        Sys.ActorSelection("/user/nowhere").Tell("lost");

        (await dead.Expect<DeadLetter>()).Reason.ShouldContain("nobody lives at");
    }

    [Fact]
    public void A_path_with_uid_resolves_to_that_very_actor()
    {
        var provider = ((ExtendedActorSystem)Sys).Provider;
        var inbox = NewInbox("there");

        provider.ResolveActorRef(inbox.Ref.Path.ToSerializationFormat()).ShouldBe(inbox.Ref);
        provider.ResolveActorRef(inbox.Ref.Path.WithUid(1)).ShouldNotBe(inbox.Ref);
    }

    private async Task<Inbox> StartParent()
    {
        var inbox = NewInbox();
        var parent = Start(_ =>
        {
            foreach (var name in "a1 a2 b1".Split(' '))
            {
                LambdaActor.Context.ActorOf(LambdaActor.Of(me => me.OnAny(_ => me.Sender.Tell(name))), name);
            }
        }, "parent");
        await parent.Ask<ActorIdentity>(new Identify(1), Long);
        return inbox;
    }
}
