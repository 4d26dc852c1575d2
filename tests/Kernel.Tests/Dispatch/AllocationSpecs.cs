using Sluice.Hocon;
using Sluice.Kernel.Actor;
using Sluice.Kernel.Event;
using Sluice.Kernel.Tests.Actor;

namespace Sluice.Kernel.Tests.Dispatch;

[Collection(nameof(AllocationSpecs))]
[CollectionDefinition(nameof(AllocationSpecs), DisableParallelization = true)]
public sealed class AllocationSpecs
{
    [Fact]
    public async Task A_tell_and_its_handling_allocate_nothing()
    {
        const int messages = 10_000;
        await using var system = ActorSystem.Create("lean", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));
        var counter = new Counter();
        var actor = system.ActorOf(Props.Create(() => new Counting(counter)));
        var least = long.MaxValue;

        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            counter.Send(actor, messages);
            counter.Await();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // The pool's own queues may grow in between; a single byte per message would be ten thousand.
        least.ShouldBeLessThan(messages / 10);
    }

    [Fact]
    public async Task An_idle_actor_takes_less_than_five_hundred_bytes()
    {
        const int actors = 50_000;
        await using var system = ActorSystem.Create("small", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));
        var props = Props.Create(() => new Silent());
        var refs = new IActorRef[actors];
        system.ActorOf(props);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // Few at a time: what the pool's queues keep of a great backlog, which a busy machine has, is not the actors'.
        for (var first = 0; first < actors; first += 500)
        {
            for (var i = first; i < first + 500; i++)
            {
                refs[i] = system.ActorOf(props);
                refs[i].Tell("hello", ActorRefs.NoSender);
            }

            await Task.WhenAll(refs.Skip(first).Take(500).Select(one => one.Ask<ActorIdentity>(new Identify(1))));
        }

        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / actors;
        GC.KeepAlive(refs);
        bytes.ShouldBeLessThan(500);
    }

    [Fact]
    public async Task A_storm_into_a_bounded_mailbox_takes_no_more_memory_than_its_capacity()
    {
        const int messages = 10_000_000;
        await using var system = ActorSystem.Create("storm", ConfigurationFactory.ParseString("sluice.kernel.log-to-console = off"));
        var gate = new ManualResetEventSlim();
        var actor = system.ActorOf(
            LambdaActor.Of(me => me.OnAny(_ => gate.Wait())).WithMailbox("sluice.kernel.actor.mailbox.bounded"));
        var lost = new LostCounter();
        system.EventStream.Subscribe(lost, typeof(DeadLetter));
        var message = new object();
        actor.Tell(message, ActorRefs.NoSender);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < messages; i++)
        {
            actor.Tell(message, ActorRefs.NoSender);
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;
        gate.Set();
        grown.ShouldBeLessThan(1_000_000);
        lost.Count.ShouldBeGreaterThanOrEqualTo(messages - 1001);
    }

    private sealed class LostCounter : MinimalActorRef
    {
        public int Count { get; private set; }

        public override ActorPath Path { get; } = ActorPath.Parse("sluice://storm/counter");

        public override IActorRefProvider? Provider => null;

        protected override void TellInternal(object message, IActorRef? sender) => Count++;
    }

    private sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    private sealed class Counter
    {
        private static readonly object Message = new();
        private readonly ManualResetEventSlim _done = new();
        private int _left;

        public void Send(IActorRef actor, int count)
        {
            _done.Reset();
            _left = count;
            for (var i = 0; i < count; i++)
            {
                actor.Tell(Message, ActorRefs.NoSender);
            }
        }

        public void Await() => _done.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();

        public void Arrived()
        {
            if (--_left == 0)
            {
                _done.Set();
            }
        }
    }

    private sealed class Counting : ReceiveActor
    {
        public Counting(Counter counter) => Receive<object>(_ => counter.Arrived());
    }
}
