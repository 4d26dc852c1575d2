using Sluice.Kernel.Actor;
using Sluice.Kernel.Routing;
using Sluice.Kernel.Tests.Actor;
using Sluice.Kernel.Tests.TestKit;

namespace Sluice.Kernel.Tests.Routing;

public sealed class ConsistentHashingSpecs : KitSpecs
{
    private static readonly Props Worker = LambdaActor.Of(me => me.OnAny(_ => me.Sender.Tell(me.Self.Path.Name)));

    [Fact]
    public void Messages_of_a_key_go_to_the_same_routee_however_the_key_is_given()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(5).WithHashMapping(message => (message as Mapped)?.Id).Props(Worker));

        router.Tell(new Mapped("some key"));
        router.Tell(new Hashable("some key"));
        router.Tell(new ConsistentHashableEnvelope("content", "some key"));

        ReceiveN(3).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public void An_envelope_is_taken_off()
    {
        var router = Sys.ActorOf(LambdaActor.Of(me => me.OnAny(message => me.Sender.Tell(message))).WithRouter(new ConsistentHashingPool(2)));

        router.Tell(new ConsistentHashableEnvelope("content", 1));

        ExpectMsg("content");
    }

    [Fact]
    public void A_message_without_a_key_is_a_dead_letter()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new ConsistentHashingPool(2)));

        EventFilter.DeadLetter<string>(text => text == "keyless").ExpectOne(() => router.Tell("keyless"));
    }

    [Fact]
    public void Keys_are_shared_out_over_all_routees()
    {
        var router = Sys.ActorOf(new ConsistentHashingPool(4).WithVirtualNodesFactor(100).Props(Worker));

        foreach (var (_, owner) in OwnersOf(router, 2000).CountBy(owner => owner))
        {
            owner.ShouldBeInRange(300, 700);
        }
    }

    [Fact]
    public void Only_the_keys_of_a_routee_that_goes_move()
    {
        var router = Sys.ActorOf(Worker.WithRouter(new ConsistentHashingPool(4)));
        var before = OwnersOf(router, 500);

        router.Tell(new AdjustPoolSize(-1));
        ExpectNoMsgFrom(router);

        var after = OwnersOf(router, 500);
        foreach (var (was, now) in before.Zip(after))
        {
            now.ShouldNotBe("$d");
            if (was != "$d")
            {
                now.ShouldBe(was);
            }
        }
    }

    private List<string> OwnersOf(IActorRef router, int keys)
    {
        var owners = new List<string>();
        for (var key = 0; key < keys; key++)
        {
            router.Tell(new ConsistentHashableEnvelope(key, key));
            owners.Add(ExpectMsg<string>());
        }
        return owners;
    }

    private sealed record Mapped(string Id);

    private sealed record Hashable(string Id) : IConsistentHashable
    {
        public object ConsistentHashKey => Id;
    }
}
