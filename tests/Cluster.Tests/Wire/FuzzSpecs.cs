using System.Collections.Concurrent;
using Sluice.Cluster.Transport;
using Sluice.Cluster.Wire;
using Sluice.Kernel.Actor;

namespace Sluice.Cluster.Tests.Wire;

public sealed class FuzzSpecs : ClusterRig
{
    private const int Inputs = 1_000_000;
    private const int Seed = 20261121;

    [Fact]
    public void A_million_hostile_frames_are_dropped_or_understood_and_never_throw()
    {
        var tallies = new ConcurrentBag<Tally>();

        Parallel.For(0, Environment.ProcessorCount, worker =>
        {
            var random = new Random(Seed + worker);
            var refs = new StubRefs();
            var types = Types(refs);
            var valid = ValidFrames(refs, types);
            var decoder = new FrameDecoder(types, refs);
            var tally = new Tally();
            for (var i = worker; i < Inputs; i += Environment.ProcessorCount)
            {
                decoder.Decode(Mutations.Next(random, valid), tally);
            }
            tallies.Add(tally);
        });

        tallies.Sum(tally => tally.Frames).ShouldBeGreaterThan(Inputs / 4, "mutations that never get past the header test little");
        tallies.Sum(tally => tally.Taken).ShouldBeGreaterThan(Inputs / 20);
        tallies.Sum(tally => tally.Dropped).ShouldBeGreaterThan(Inputs / 4);
    }

    [Fact]
    public void Frames_that_nobody_touched_are_understood_to_the_last_record()
    {
        var refs = new StubRefs();
        var types = Types(refs);
        var tally = new Tally();

        foreach (var frame in ValidFrames(refs, types))
        {
            new FrameDecoder(types, refs).Decode(frame, tally);
        }

        tally.Dropped.ShouldBe(0);
        tally.Taken.ShouldBe(24);
    }

    [Fact]
    public async Task A_member_that_is_sent_rubbish_counts_it_and_goes_on()
    {
        var nodes = await JoinAllAsync("a", "b");
        var echo = nodes[0].RefTo(nodes[1], nodes[1].System.ActorOf(Props.Create<Echo>(), "echo"));
        var random = new Random(Seed);
        var refs = new StubRefs();
        var valid = ValidFrames(refs, Types(refs));

        for (var i = 0; i < 2_000; i++)
        {
            await nodes[0].Cluster.Transport!.SendAsync(
                nodes[1].Cluster.Participation!.Parts.Self, Mutations.Next(random, valid).ToArray(), CancellationToken.None);
        }

        (await echo.Ask<string>("still there", TimeSpan.FromSeconds(30))).ShouldBe("still there");
        nodes[1].Cluster.RefusedMessages.ShouldBeGreaterThan(1_000);
    }

    private static MessageTypes Types(IRefTexts refs) => new MessageTypes(new ActorRefConverter(refs)).RegisterMarked(typeof(FuzzSpecs).Assembly);

    private static byte[][] ValidFrames(IRefTexts refs, MessageTypes types)
    {
        var to = refs.Resolve("/user/receiver#77", refs.Own)!;
        var by = refs.Resolve("/user/sender#78", refs.Own)!;
        object?[] messages =
        [
            new Greeting("hello", 7), new Letter(by, new Greeting("inside", 1)), new Shapes([new Shape.Circle(1)]), new byte[] { 1, 2, 3 }, "text", 42,
            42L, 4.5, true, by, PoisonPill.Instance, Kill.Instance, new Status.Failure(new InvalidOperationException("no")), new Status.Success("yes"),
            new Identify(3), new ActorIdentity(3, by), new ActorSelectionMessage("selected", [new SelectParent(), new SelectChildPattern("a*")]), Guid.Empty,
        ];
        return
        [
            Frame(FrameKind.Messages, refs, frame => Array.ForEach(messages, message => frame.Tell(to, by, MessageEncoder.Encode(message, types, refs)))),
            Frame(FrameKind.Messages, refs, frame =>
            {
                frame.LifeCycle(1, SystemKind.Watch, to, true, by, false, 0);
                frame.LifeCycle(2, SystemKind.Died, by, false, to, true, 1);
                frame.Ack(5);
            }),
            Frame(FrameKind.Entity, refs, frame =>
            {
                frame.Origin(77, 5);
                frame.Entity("pool-1", by, MessageEncoder.Encode("to an entity", types, refs));
                frame.Entity("pool-2", null, MessageEncoder.Encode(new Greeting("to another", 2), types, refs));
            }),
            Frame(FrameKind.Heartbeat, refs, frame =>
            {
                var bytes = frame.Begin(RecordKind.Heartbeat, out var mark);
                bytes.Double(0.5);
                bytes.Int64(1);
                bytes.Int32(2);
                bytes.Double(3);
                frame.End(mark);
            }),
        ];
    }

    private static byte[] Frame(FrameKind kind, IRefTexts refs, Action<FrameWriter> write)
    {
        using var frame = new FrameWriter(new FrameHeader(kind, "sluice", new MemberId("x", 9), 0), refs.Own.ToString(), refs, null);
        write(frame);
        return frame.Memory.ToArray();
    }

    private sealed class StubRefs : IRefTexts
    {
        public Address Own { get; } = new("sluice", "sluice", "x", 9);

        public string FullText(IActorRef actor) => actor.Path.ToSerializationFormatWithAddress(Own);

        public IActorRef? Resolve(string text, Address relativeTo) =>
            ActorPath.TryParse(text.StartsWith('/') ? relativeTo + text : text, out var path) ? new StubRef(path) : null;
    }

    private sealed class StubRef(ActorPath path) : MinimalActorRef
    {
        public override ActorPath Path => path;

        public override IActorRefProvider? Provider => null;
    }

    private sealed class Tally : IFrameSink
    {
        public int Frames { get; private set; }

        public int Taken { get; private set; }

        public int Dropped { get; private set; }

        public bool Begin(in FrameHeader header)
        {
            Frames++;
            return true;
        }

        public void Tell(IActorRef recipient, object message, IActorRef? sender) => Taken++;

        public void Entity(string entityId, object message, IActorRef? sender, MessageId id) => Taken++;

        public void LifeCycle(ulong number, SystemKind kind, IActorRef first, IActorRef? second, byte flags) => Taken++;

        public void Acknowledged(ulong number) => Taken++;

        public void Heartbeat(in MemberLoad load) => Taken++;

        public void Refused(string reason) => Dropped++;
    }
}
