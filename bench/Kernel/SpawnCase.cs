using Sluice.Kernel.Actor;

namespace Sluice.Kernel.Bench;

/// <summary>Creating receivers, sending each a message, and stopping them all.</summary>
internal sealed class SpawnCase(ActorSystem system) : IBenchCase
{
    private static readonly object Message = new();

    public string Name => "spawn-stop";

    public string Unit => "actors/s";

    public int Operations => 100_000;

    public IReadOnlyList<(string Name, Func<int, Task> Run)> Contenders =>
    [
        ("Sluice", RunActors),
        ("Channel<T>", count => RunPeers(count, handle =>
        {
            var channel = Consumer.OnChannel<object>(_ => handle());
            return (() => channel.TryWrite(Message), () => channel.Complete());
        })),
    ];

    private async Task RunActors(int count)
    {
        var countdown = new Countdown();
        var done = countdown.Start(count);
        var props = Props.Create(() => new Shared(countdown));
        var parent = system.ActorOf(Props.Create(() => new Parent(props, count)));
        parent.Tell(Message, ActorRefs.NoSender);
        await done;
        await parent.GracefulStop(TimeSpan.FromMinutes(5));
    }

    private static async Task RunPeers(int count, Func<Action, (Action Send, Action End)> make)
    {
        var countdown = new Countdown();
        var done = countdown.Start(count);
        var ends = new List<Action>(count);
        for (var i = 0; i < count; i++)
        {
            var (send, end) = make(countdown.ArrivedShared);
            ends.Add(end);
            send();
        }
        await done;
        ends.ForEach(end => end());
    }

    public sealed class Shared : ReceiveActor
    {
        private readonly Countdown _countdown;

        public Shared(Countdown countdown)
        {
            _countdown = countdown;
            Receive<object>(_ => _countdown.ArrivedShared());
        }
    }

    public sealed class Parent : ReceiveActor
    {
        public Parent(Props child, int count) => Receive<object>(message =>
        {
            for (var i = 0; i < count; i++)
            {
                Context.ActorOf(child).Tell(message, ActorRefs.NoSender);
            }
        });
    }
}
