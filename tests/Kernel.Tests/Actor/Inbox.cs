using System.Threading.Channels;
using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Tests.Actor;

/// <summary>An actor that hands what it gets to the test.</summary>
public sealed class Inbox
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private readonly Channel<Envelope> _received = Channel.CreateUnbounded<Envelope>();

    public IActorRef Ref { get; set; } = ActorRefs.Nobody;

    /// <summary>Who sent what was expected last.</summary>
    public IActorRef? LastSender { get; private set; }

    public void Tell(IActorRef target, object message) => target.Tell(message, Ref);

    public async Task<object> Next()
    {
        using var limit = new CancellationTokenSource(Deadline);
        var envelope = await _received.Reader.ReadAsync(limit.Token);
        LastSender = envelope.Sender;
        return envelope.Message;
    }

    public async Task<T> Expect<T>() => (await Next()).ShouldBeOfType<T>();

    public async Task Expect(params object[] messages)
    {
        foreach (var message in messages)
        {
            (await Next()).ShouldBe(message);
        }
    }

    /// <summary>Proves that nothing came: a marker by the same way is the next that comes.</summary>
    public async Task ExpectNothing()
    {
        var marker = new object();
        Ref.Tell(marker, ActorRefs.NoSender);
        (await Next()).ShouldBeSameAs(marker);
    }

    /// <summary>Lets the keeper watch an actor.</summary>
    public async Task Watch(IActorRef target)
    {
        Ref.Tell(new Watching(target), ActorRefs.NoSender);
        await Expect<Watching>();
    }

    private sealed record Watching(IActorRef Target);

    public sealed class Keeper(Inbox inbox) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Watching watching)
            {
                Context.Watch(watching.Target);
            }
            inbox._received.Writer.TryWrite(new Envelope(message, Sender));
        }
    }
}
